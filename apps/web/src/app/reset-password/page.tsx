import { getTranslations } from "next-intl/server";
import { ResetPasswordScreen } from "../../features/identity/screens/reset-password-screen";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.reset"))("title") });

export default function ResetPasswordPage() {
  return <ResetPasswordScreen />;
}
