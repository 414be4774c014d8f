import { z } from "zod";
import { allow, router } from "../../trpc/init";
import { foundDepartmentView, foundPersonView, searchDepartmentsInput, searchPeopleInput } from "../directory/contract";
import { autocompleteInput, autocompleteView } from "./contract";
import { autocomplete, departments, employees } from "./service";

export const searchRouter = router({
  employees: allow("directory.read", { method: "GET", path: "/search/employees" })
    .input(searchPeopleInput)
    .output(z.array(foundPersonView))
    .query(({ ctx, input }) => employees(ctx, input)),
  departments: allow("directory.read", { method: "GET", path: "/search/departments" })
    .input(searchDepartmentsInput)
    .output(z.array(foundDepartmentView))
    .query(({ ctx, input }) => departments(ctx, input)),
  autocomplete: allow("directory.read", { method: "GET", path: "/search/autocomplete" })
    .input(autocompleteInput)
    .output(autocompleteView)
    .query(({ ctx, input }) => autocomplete(ctx, input)),
});
