import { getTranslations } from "next-intl/server";
import { AllPlacesScreen } from "../../../shell/frame/all-places-screen";

export const generateMetadata = async () => ({ title: (await getTranslations("shell"))("all") });

export default function AllPlacesPage() {
  return <AllPlacesScreen />;
}
