import { ForbiddenState } from "../../shell/states/page-states";

export default function ForbiddenPage() {
  return <ForbiddenState />;
}
