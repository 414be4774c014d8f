"use client";
import { Alert, Button, Group } from "@mantine/core";
import { DateTime } from "@maru/ui/date-time";
import { IconDeviceDesktop, IconHistory } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { DraftStart } from "../../hooks/draft-start";

type DraftNoticesProps = {
  readonly start: DraftStart;
  /** True once the writer has gone on from what was restored: throwing it away then takes more than a click. */
  readonly isOutdated: boolean;
  readonly onThrowAway: () => void;
  readonly onTakeOther: () => void;
  readonly isThrowingAway: boolean;
};

/** Says where the text in the editor comes from, and offers the way back. */
export const DraftNotices = ({ start, isOutdated, onThrowAway, onTakeOther, isThrowingAway }: DraftNoticesProps) => {
  const t = useTranslations("board.draft");
  const locale = useLocale();
  if (start.savedAt === null) return null;
  const time = () => <DateTime iso={start.savedAt ?? ""} locale={locale} form="full" />;
  return (
    <>
      <Alert color="indigo" icon={<IconHistory size={20} stroke={1.5} aria-hidden />} role="status">
        <Group justify="space-between" gap={8}>
          <span>
            {t.rich(start.source === "browser" ? "restoredFromBrowser" : "restored", { time })}
            {isOutdated ? ` ${t("postChangedMeanwhile")}` : null}
          </span>
          <Button size="xs" variant="default" onClick={onThrowAway} loading={isThrowingAway}>
            {t("throwAway")}
          </Button>
        </Group>
      </Alert>
      {start.other ? (
        <Alert color="gardenia" icon={<IconDeviceDesktop size={20} stroke={1.5} aria-hidden />} role="status">
          <Group justify="space-between" gap={8}>
            <span>{t.rich("other", { time: () => <DateTime iso={start.other?.savedAt ?? ""} locale={locale} form="full" /> })}</span>
            <Button size="xs" variant="default" onClick={onTakeOther}>
              {t("takeOther")}
            </Button>
          </Group>
        </Alert>
      ) : null}
    </>
  );
};
