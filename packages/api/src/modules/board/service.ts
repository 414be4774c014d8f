export { listBoards } from "./service/boards";
