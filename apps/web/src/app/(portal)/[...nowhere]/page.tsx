import { notFound } from "next/navigation";

/** An address that nothing stands at is answered inside the frame, so that the way on is at hand. */
export default function NowherePage() {
  notFound();
}
