import type { ProviderName } from "@maru/api/federation/contract";
import { IconBrandGithub, IconBrandGoogle, IconBrandKakaoTalk, IconBrandWindows, IconSquareLetterN } from "@tabler/icons-react";

const ICONS = {
  kakao: IconBrandKakaoTalk,
  naver: IconSquareLetterN,
  google: IconBrandGoogle,
  github: IconBrandGithub,
  entra: IconBrandWindows,
} as const satisfies Record<ProviderName, unknown>;

/** The sign of another provider, beside its name. */
export function ProviderIcon({
  provider,
  size = 20,
  className,
}: {
  readonly provider: ProviderName;
  readonly size?: number;
  readonly className?: string;
}) {
  const Icon = ICONS[provider];
  return <Icon size={size} stroke={1.5} aria-hidden className={className} />;
}
