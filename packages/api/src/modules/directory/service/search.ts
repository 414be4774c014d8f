import { departmentSearchKeys, type SearchedName } from "@maru/db/search-keys";
import type { Ctx } from "../../../tools";
import {
  type FoundDepartmentView,
  type FoundPersonView,
  PERSON_STATES,
  PRESENT_STATES,
  type SearchDepartmentsInput,
  type SearchPeopleInput,
} from "../contract";
import { personViewOfRow } from "../queries";
import { departmentSearch, holdsAll, type OrganisationWord, organisationWords, peopleSearch, termParameters } from "../search-queries";
import {
  findWholeTerm,
  isHeld,
  isWholeWord,
  meansOrganisation,
  organisationPatterns,
  patternsOf,
  rangesIn,
  type Term,
  toTerms,
} from "../search-terms";

/** For a statement that has `person as p`: whom a text finds by name (in any spelling), employee number or telephone. */
export const personMatches = (text: string) => holdsAll(toTerms(text).map(patternsOf));

const readOrganisation = async ({ pool }: Pick<Ctx, "pool">, terms: readonly Term[]): Promise<readonly OrganisationWord[]> => {
  const patterns = terms.flatMap(organisationPatterns);
  return patterns.length === 0 ? [] : organisationWords(pool, { patterns });
};

const namedBy = (term: Term, words: readonly OrganisationWord[]) => {
  const asked = organisationPatterns(term).length > 0 ? words : [];
  const named = asked.filter(({ kind, text }) => meansOrganisation(term, kind === "department", text));
  const idsOf = (kind: OrganisationWord["kind"]) => named.filter((word) => word.kind === kind).map(({ id }) => id);
  return {
    rankIds: idsOf("rank"),
    positionIds: idsOf("position"),
    titleIds: idsOf("title"),
    departmentIds: idsOf("department"),
    wholeIds: named.filter(({ text }) => isWholeWord(term, text)).map(({ id }) => id),
  };
};

/**
 * People by name, its initial consonants (ㅎㄱㄷ), a name typed halfway (홍ㄱ) or on the latin keyboard, its latin forms, employee number,
 * telephone, rank, position, title or department, or by several of these with spaces between (개발1팀 김). Whole names come first, then what begins
 * with the word, then the rest; each in the order of standing.
 */
export const searchPeople = async (ctx: Pick<Ctx, "pool">, input: SearchPeopleInput): Promise<FoundPersonView[]> => {
  const terms = toTerms(input.q);
  if (terms.length === 0) return [];
  const words = await readOrganisation(ctx, terms);
  const parameters = terms.map((term, index) => {
    const { grams, ...patterns } = patternsOf(term);
    const [first, second, third] = grams;
    return termParameters(index, { first, second, third, ...patterns, ...namedBy(term, words) });
  });
  const rows = await peopleSearch(terms.length, words.length > 0)(ctx.pool, {
    ...Object.assign({}, ...parameters),
    states: input.includeResigned ? PERSON_STATES : PRESENT_STATES,
    limit: input.limit,
  });
  return rows.map((row) => ({
    ...personViewOfRow(row),
    employeeNo: row.person_employee_no,
    matches: rangesIn(row.person_name, terms),
    matchesEn: rangesIn(row.person_name_en ?? "", terms),
  }));
};

/** Whether a name is found by a text, as a department is: for the few names of others that stand in no column of their own. */
export const nameHolds = (name: SearchedName, q: string): boolean => {
  const term = findWholeTerm(q);
  return term !== null && isHeld(term, departmentSearchKeys(name).searchText);
};

/** Departments that are open, by name, its initial consonants, a name typed halfway, English name, code or abbreviation. */
export const searchDepartments = async (ctx: Pick<Ctx, "pool">, { q, limit }: SearchDepartmentsInput): Promise<FoundDepartmentView[]> => {
  const term = findWholeTerm(q);
  if (!term) return [];
  const { grams: _grams, ...patterns } = patternsOf(term);
  const rows = await departmentSearch(ctx.pool, { ...patterns, limit });
  return rows.map(({ id, name, name_en: nameEn, code, parent_name: parent, parent_name_en: parentEn }) => ({
    id,
    name,
    nameEn,
    code,
    parent,
    parentEn,
    matches: rangesIn(name, [term]),
    matchesEn: rangesIn(nameEn, [term]),
  }));
};
