import { NotFoundState } from "../shell/states/page-states";

export default function NotFoundPage() {
  return <NotFoundState />;
}
