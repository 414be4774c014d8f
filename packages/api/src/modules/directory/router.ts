import { z } from "zod";
import { allow, router } from "../../trpc/init";
import {
  departmentView,
  getPersonInput,
  listPeopleInput,
  peoplePageView,
  personDetailView,
  personView,
  searchPeopleInput,
} from "./contract";
import { getPerson, listDepartments, listPeople, searchPeople } from "./service";

export const directoryRouter = router({
  listPeople: allow("directory.read", { method: "GET", path: "/users" })
    .input(listPeopleInput)
    .output(peoplePageView)
    .query(({ ctx, input }) => listPeople(ctx, input)),
  // Before getPerson: a path of its own comes first where a parameter would match it too.
  searchPeople: allow("directory.read", { method: "GET", path: "/users/search" })
    .input(searchPeopleInput)
    .output(z.array(personView))
    .query(({ ctx, input }) => searchPeople(ctx, input)),
  getPerson: allow("directory.read", { method: "GET", path: "/users/{id}" })
    .input(getPersonInput)
    .output(personDetailView)
    .query(({ ctx, input }) => getPerson(ctx, input)),
  listDepartments: allow("directory.read", { method: "GET", path: "/departments" })
    .input(z.strictObject({}))
    .output(z.array(departmentView))
    .query(({ ctx }) => listDepartments(ctx)),
});
