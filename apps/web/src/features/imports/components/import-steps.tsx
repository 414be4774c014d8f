import { useTranslations } from "next-intl";
import { STEPS, type Step } from "../import-place";
import classes from "./imports.module.css";

/** Where one stands on the way from a file to its result. */
export function ImportSteps({ current }: { readonly current: Step }) {
  const t = useTranslations("imports");
  const at = STEPS.indexOf(current);
  return (
    <ol className={classes.steps} aria-label={t("stepsLabel")}>
      {STEPS.map((step, place) => (
        <li key={step} aria-current={step === current ? "step" : undefined} data-done={place < at || undefined}>
          <span className={classes.stepNumber}>{place + 1}</span>
          {t(`steps.${step}`)}
        </li>
      ))}
    </ol>
  );
}
