"use client";
import { useAccount } from "../../../shell/account";
import { offered, type Portlet } from "../../../shell/feature";
import { features } from "../../registry";
import { Greeting } from "../components/greeting";
import classes from "./home-screen.module.css";

/** The portal: a window of each feature, the wide ones beside the narrow ones. */
export function HomeScreen() {
  const { permissions } = useAccount();
  const portlets = offered(
    features.flatMap((feature) => feature.portlets ?? []),
    permissions,
  );
  return (
    <div className={classes.page}>
      <Greeting />
      <div className={classes.columns}>
        <Column portlets={portlets.filter(({ column }) => column === "main")} />
        <Column portlets={portlets.filter(({ column }) => column === "side")} />
      </div>
    </div>
  );
}

function Column({ portlets }: { readonly portlets: readonly Portlet[] }) {
  return (
    <div className={classes.column}>
      {portlets.map(({ id, component: Window }) => (
        <Window key={id} />
      ))}
    </div>
  );
}
