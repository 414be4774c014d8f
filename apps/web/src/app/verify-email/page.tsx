import { getTranslations } from "next-intl/server";
import { VerifyEmailScreen } from "../../features/identity/screens/verify-email-screen";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.verify"))("title") });

export default function VerifyEmailPage() {
  return <VerifyEmailScreen />;
}
