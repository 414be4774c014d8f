import { getTranslations } from "next-intl/server";
import { AbsenceScreen } from "../../../../features/people/screens/absence-screen";

export const generateMetadata = async () => ({ title: (await getTranslations("people.absence"))("place") });

export default function AbsencePage() {
  return <AbsenceScreen />;
}
