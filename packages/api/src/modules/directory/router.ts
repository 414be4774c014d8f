import { z } from "zod";
import { allow, router } from "../../trpc/init";
import {
  absenceView,
  applyReorganisationInput,
  assistantView,
  cancelAbsenceInput,
  chartDepartmentView,
  colleagueView,
  departmentDetailView,
  departmentIdInput,
  departmentView,
  doneView,
  favouritesView,
  favouriteView,
  foundPersonView,
  getPersonInput,
  listAbsencesInput,
  listMembersInput,
  listPeopleForAdminInput,
  listPeopleInput,
  listReorganisationsInput,
  membersPageView,
  noteSeenInput,
  orderStandingsInput,
  peoplePageView,
  personDetailView,
  previewReorganisationInput,
  reorganisationIdInput,
  reorganisationPage,
  reorganisationPreview,
  reorganisationView,
  savePersonInput,
  saveReorganisationInput,
  saveStandingInput,
  searchPeopleInput,
  seenView,
  setAbsenceInput,
  setAssistantInput,
  setFavouriteInput,
  staffDetailView,
  staffPage,
  standingIdInput,
  standingsView,
  transitionIdInput,
  transitionInput,
  transitionPreview,
  transitionView,
} from "./contract";
import { listPeople, searchPeople } from "./service";
import { cancelAbsence, listAbsences, setAbsence } from "./service/absences";
import { setAssistant } from "./service/assistant";
import { listFavourites, listRecent, noteSeen, setFavourite } from "./service/at-hand";
import { getDepartment, listDepartments, listMembers, listOrgChart } from "./service/departments";
import { previewReorganisation } from "./service/organisation-changes";
import { getPerson } from "./service/person-page";
import {
  applyReorganisation,
  cancelReorganisation,
  getReorganisation,
  listReorganisations,
  saveReorganisation,
} from "./service/reorganisations";
import { getPersonForAdmin, listPeopleForAdmin, savePerson } from "./service/staff";
import { listStandings, orderStandings, removeStanding, saveStanding } from "./service/standings";
import { cancelTransition, previewTransition, requestTransition } from "./service/transitions";

const idView = z.object({ id: z.string() });

export const directoryRouter = router({
  listPeople: allow("directory.read", { method: "GET", path: "/users" })
    .input(listPeopleInput)
    .output(peoplePageView)
    .query(({ ctx, input }) => listPeople(ctx, input)),
  // Before getPerson: a path of its own comes first where a parameter would match it too.
  searchPeople: allow("directory.read", { method: "GET", path: "/users/search" })
    .input(searchPeopleInput)
    .output(z.array(foundPersonView))
    .query(({ ctx, input }) => searchPeople(ctx, input)),
  getPerson: allow("directory.read", { method: "GET", path: "/users/{id}" })
    .input(getPersonInput)
    .output(personDetailView)
    .query(({ ctx, input }) => getPerson(ctx, input)),
  listDepartments: allow("directory.read", { method: "GET", path: "/departments" })
    .input(z.strictObject({}))
    .output(z.array(departmentView))
    .query(({ ctx }) => listDepartments(ctx)),
  getDepartment: allow("directory.read", { method: "GET", path: "/departments/{id}" })
    .input(departmentIdInput)
    .output(departmentDetailView)
    .query(({ ctx, input }) => getDepartment(ctx, input)),
  listMembers: allow("directory.read", { method: "GET", path: "/departments/{departmentId}/members" })
    .input(listMembersInput)
    .output(membersPageView)
    .query(({ ctx, input }) => listMembers(ctx, input)),
  listOrgChart: allow("directory.read", { method: "GET", path: "/org-chart" })
    .input(z.strictObject({}))
    .output(z.array(chartDepartmentView))
    .query(({ ctx }) => listOrgChart(ctx)),
  listAbsences: allow("directory.read", { method: "GET", path: "/absences" })
    .input(listAbsencesInput)
    .output(z.array(absenceView))
    .query(({ ctx, input }) => listAbsences(ctx, input)),
  setAbsence: allow("directory.read", { method: "POST", path: "/absences" })
    .input(setAbsenceInput)
    .output(absenceView)
    .mutation(({ ctx, input }) => setAbsence(ctx, input)),
  cancelAbsence: allow("directory.read", { method: "DELETE", path: "/absences/{id}" })
    .input(cancelAbsenceInput)
    .output(z.object({ isCancelled: z.boolean() }))
    .mutation(({ ctx, input }) => cancelAbsence(ctx, input)),
  setAssistant: allow("directory.read", { method: "PUT", path: "/users/{personId}/assistant" })
    .input(setAssistantInput)
    .output(assistantView)
    .mutation(({ ctx, input }) => setAssistant(ctx, input)),
  listFavourites: allow("directory.read", { method: "GET", path: "/users/me/favourites" })
    .input(z.strictObject({}))
    .output(favouritesView)
    .query(({ ctx }) => listFavourites(ctx)),
  setFavourite: allow("directory.read", { method: "PUT", path: "/users/me/favourites" })
    .input(setFavouriteInput)
    .output(favouriteView)
    .mutation(({ ctx, input }) => setFavourite(ctx, input)),
  listRecent: allow("directory.read", { method: "GET", path: "/users/me/recent" })
    .input(z.strictObject({}))
    .output(z.array(colleagueView))
    .query(({ ctx }) => listRecent(ctx)),
  noteSeen: allow("directory.read", { method: "POST", path: "/users/me/recent", isBackground: true })
    .input(noteSeenInput)
    .output(seenView)
    .mutation(({ ctx, input }) => noteSeen(ctx, input)),
  listPeopleForAdmin: allow("directory.manage", { method: "GET", path: "/admin/people" })
    .input(listPeopleForAdminInput)
    .output(staffPage)
    .query(({ ctx, input }) => listPeopleForAdmin(ctx, input)),
  getPersonForAdmin: allow("directory.manage", { method: "GET", path: "/admin/people/{id}" })
    .input(getPersonInput)
    .output(staffDetailView)
    .query(({ ctx, input }) => getPersonForAdmin(ctx, input)),
  savePerson: allow("directory.manage", { method: "POST", path: "/admin/people" })
    .input(savePersonInput)
    .output(idView)
    .mutation(({ ctx, input }) => savePerson(ctx, input)),
  previewTransition: allow("directory.manage", { method: "GET", path: "/admin/people/{personId}/transitions/preview" })
    .input(transitionInput)
    .output(transitionPreview)
    .query(({ ctx, input }) => previewTransition(ctx, input)),
  requestTransition: allow("directory.manage", { method: "POST", path: "/admin/people/{personId}/transitions" })
    .input(transitionInput)
    .output(transitionView)
    .mutation(({ ctx, input }) => requestTransition(ctx, input)),
  cancelTransition: allow("directory.manage", { method: "POST", path: "/admin/transitions/{id}/cancel" })
    .input(transitionIdInput)
    .output(doneView)
    .mutation(({ ctx, input }) => cancelTransition(ctx, input)),
  listStandings: allow("directory.manage", { method: "GET", path: "/admin/standings" })
    .input(z.strictObject({}))
    .output(standingsView)
    .query(({ ctx }) => listStandings(ctx)),
  saveStanding: allow("directory.manage", { method: "POST", path: "/admin/standings" })
    .input(saveStandingInput)
    .output(idView)
    .mutation(({ ctx, input }) => saveStanding(ctx, input)),
  orderStandings: allow("directory.manage", { method: "POST", path: "/admin/standings/order" })
    .input(orderStandingsInput)
    .output(doneView)
    .mutation(({ ctx, input }) => orderStandings(ctx, input)),
  removeStanding: allow("directory.manage", { method: "POST", path: "/admin/standings/remove" })
    .input(standingIdInput)
    .output(doneView)
    .mutation(({ ctx, input }) => removeStanding(ctx, input)),
  listReorganisations: allow("directory.manage", { method: "GET", path: "/admin/reorganisations" })
    .input(listReorganisationsInput)
    .output(reorganisationPage)
    .query(({ ctx, input }) => listReorganisations(ctx, input)),
  // A preview is long and changes nothing: a query whose input would not fit into an address is asked for as a command.
  previewReorganisation: allow("directory.manage", { method: "POST", path: "/admin/reorganisations/preview" })
    .input(previewReorganisationInput)
    .output(reorganisationPreview)
    .mutation(({ ctx, input }) => previewReorganisation(ctx, input)),
  getReorganisation: allow("directory.manage", { method: "GET", path: "/admin/reorganisations/{id}" })
    .input(reorganisationIdInput)
    .output(reorganisationView)
    .query(({ ctx, input }) => getReorganisation(ctx, input)),
  saveReorganisation: allow("directory.manage", { method: "POST", path: "/admin/reorganisations" })
    .input(saveReorganisationInput)
    .output(reorganisationView)
    .mutation(({ ctx, input }) => saveReorganisation(ctx, input)),
  applyReorganisation: allow("directory.manage", { method: "POST", path: "/admin/reorganisations/{id}/apply" })
    .input(applyReorganisationInput)
    .output(reorganisationView)
    .mutation(({ ctx, input }) => applyReorganisation(ctx, input)),
  cancelReorganisation: allow("directory.manage", { method: "POST", path: "/admin/reorganisations/{id}/cancel" })
    .input(reorganisationIdInput)
    .output(reorganisationView)
    .mutation(({ ctx, input }) => cancelReorganisation(ctx, input)),
});
