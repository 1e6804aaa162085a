// SPDX-License-Identifier: Apache-2.0
#include "app/office/visit_names.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/visit/roster_store.h"
#include "core/vault/inbox.h"

namespace vigil::office {
namespace {

std::string by_tablet(const SealedVisit& visit) {
  return visit.code + "@" + visit.tablet;
}

std::string by_number(const SealedVisit& visit) {
  return by_tablet(visit) + "/" + std::to_string(visit.bundle_number);
}

// Every name that means it, from the shortest.
std::vector<std::string> names_of(const SealedVisit& visit) {
  std::vector<std::string> names{visit.code};
  if (!visit.tablet.empty()) names.insert(names.end(), {by_tablet(visit), by_number(visit)});
  names.push_back(bundle::to_string(visit.bundle));
  return names;
}

}  // namespace

Result<std::vector<SealedVisit>> sealed_visits(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto current, visit::current_roster(vault));
  VIGIL_ASSIGN(const auto bundles, vault::imported_bundles(vault));
  VIGIL_ASSIGN(auto submissions, vault::submissions(vault));
  std::ranges::sort(submissions, {}, &vault::ImportedSubmission::id);
  std::map<bundle::BundleId, const vault::ImportedBundle*> by_id;
  for (const vault::ImportedBundle& row : bundles) by_id.emplace(row.id, &row);
  std::set<bundle::BundleId> seen;
  std::vector<SealedVisit> visits;
  for (const vault::ImportedSubmission& submission : submissions) {
    if (!seen.insert(submission.bundle).second) continue;
    SealedVisit visit{submission.bundle, submission.visit_code, {}, 0, {}};
    if (const auto found = by_id.find(submission.bundle); found != by_id.end()) {
      const vault::ImportedBundle& row = *found->second;
      visit.bundle_number = row.sequence;
      if (const trust::Device* device = current.roster.find_device(row.device))
        visit.tablet = device->label;
    }
    visits.push_back(std::move(visit));
  }
  std::map<std::string, int> used;
  for (const SealedVisit& visit : visits)
    for (const std::string& name : names_of(visit)) ++used[name];
  for (SealedVisit& visit : visits) {
    const auto names = names_of(visit);
    visit.name = *std::ranges::find_if(
        names, [&](const std::string& name) { return used[name] == 1 || name == names.back(); });
  }
  return visits;
}

Result<SealedVisit> find_visit(const std::vector<SealedVisit>& visits, std::string_view name) {
  std::vector<SealedVisit> found;
  for (const SealedVisit& visit : visits) {
    const auto names = names_of(visit);
    if (std::ranges::find(names, name) != names.end()) found.push_back(visit);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(ErrorKind::kNotFound, "visit.absent",
                "No visit of this code has been imported; `vigilctl visit list` shows them.");
  }
  std::string list;
  for (const SealedVisit& visit : found) list += (list.empty() ? "" : ", ") + visit.name;
  return fail(ErrorKind::kUsage, "visit.ambiguous",
              "More than one visit has the code " + found.front().code + ": say which is meant, " +
                  list + ".");
}

SealedVisit visit_of(const std::vector<SealedVisit>& visits, const bundle::BundleId& bundle) {
  const auto found = std::ranges::find(visits, bundle, &SealedVisit::bundle);
  return found == visits.end() ? SealedVisit{bundle, {}, {}, 0, {}} : *found;
}

std::vector<SealedVisit> namesakes(const std::vector<SealedVisit>& visits,
                                   const SealedVisit& visit) {
  std::vector<SealedVisit> others;
  for (const SealedVisit& other : visits)
    if (other.code == visit.code && other.bundle != visit.bundle) others.push_back(other);
  return others;
}

}  // namespace vigil::office
