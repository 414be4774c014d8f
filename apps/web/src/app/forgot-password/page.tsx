import { getTranslations } from "next-intl/server";
import { ForgotPasswordScreen } from "../../features/identity/screens/forgot-password-screen";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.forgot"))("title") });

export default function ForgotPasswordPage() {
  return <ForgotPasswordScreen />;
}
