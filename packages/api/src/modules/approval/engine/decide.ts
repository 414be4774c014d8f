import { type Case, type Outcome, type Rule, refuse } from "./claim";
import type { Actor, Command } from "./command";
import { approve, approveAfterwards, approveInAdvance, decideArbitrarily, dissent, hold, lapse, reject } from "./decisions";
import type { Document } from "./document";
import { abort, changeLine, reassign, recall, submit, succeed, voidDocument } from "./lifecycle";
import { consult, editBody, returnTo, undo } from "./rounds";

/** One rule for each command: a command without one does not compile. */
const RULES: { readonly [Type in Command["type"]]: Rule<Type> } = {
  submit,
  approve,
  dissent,
  reject,
  hold,
  decideArbitrarily,
  approveInAdvance,
  approveAfterwards,
  returnTo,
  undo,
  consult,
  changeLine,
  reassign,
  succeed,
  editBody,
  recall,
  abort,
  lapse,
  void: voidDocument,
};

/**
 * What follows when somebody asks something of a document: the events that happen, or why nothing does. Pure and total; the same question asked
 * of the same document gets the same answer, and nothing is ever half done.
 */
export const decide = (document: Document, command: Command, actor: Actor, now: Date): Outcome => {
  const rule = Object.hasOwn(RULES, command.type) ? (RULES[command.type] as (given: Case) => Outcome) : null;
  return rule ? rule({ document, command, actor, now }) : refuse("commandUnknown");
};
