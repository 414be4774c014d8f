import { useLocale, useTranslations } from "next-intl";

type Named = { readonly name: string; readonly nameEn: string };

/** The name of a role or department in the reader's language. */
export const useNameOf = () => {
  const isKorean = useLocale() === "ko";
  return ({ name, nameEn }: Named): string => (isKorean ? name : nameEn);
};

/** What a permission is called and what it allows. A key that is newer than this page is shown as it is. */
export const usePermissionWords = () => {
  const t = useTranslations("permissions");
  return (key: string): { readonly name: string; readonly sentence: string } =>
    t.has(`${key}.name`) ? { name: t(`${key}.name`), sentence: t(`${key}.sentence`) } : { name: key, sentence: "" };
};

/** What the module of some permissions is called. */
export const useModuleName = () => {
  const t = useTranslations("permissions");
  return (module: string): string => (t.has(`${module}.title`) ? t(`${module}.title`) : module);
};
