import { getTranslations } from "next-intl/server";
import { PasswordScreen } from "../../../../features/account/screens/password-screen";

export const generateMetadata = async () => ({ title: (await getTranslations("account.password"))("title") });

export default function PasswordPage() {
  return <PasswordScreen />;
}
