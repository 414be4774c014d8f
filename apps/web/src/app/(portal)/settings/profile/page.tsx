import { getTranslations } from "next-intl/server";
import { ProfileScreen } from "../../../../features/account/screens/profile-screen";

export const generateMetadata = async () => ({ title: (await getTranslations("account.profile"))("title") });

export default function ProfilePage() {
  return <ProfileScreen />;
}
