// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/visits_model.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/tablet/state/local_time.h"
#include "app/tablet/state/sealed_state.h"
#include "app/tablet/state/visit_about.h"
#include "app/tablet/state/visit_names.h"
#include "app/ui/utf8.h"
#include "app/words/visit_words.h"

namespace vigil::tablet {
namespace {

VisitsModel::Open open_row(const words::Words& words, const StoredVisit& stored,
                           std::string_view day) {
  const vault::Visit& visit = stored.visit;
  return {visit.id.value,
          visit.code,
          title_of(visit),
          joined({words::kind_word(words, visit.kind), day,
                  team_line(words, visit, stored.team_note), code_beside(visit)}),
          stored.answered,
          stored.asked,
          stored.unread};
}

// Day and hour that this clock says, where they cannot be: before this program, or a day or more
// before what was written here. Every time in a checklist hangs on it.
std::string wrong_clock(const Clock& clock, const StoredVisits& stored) {
  constexpr std::int64_t kProgram_ms = 1'767'225'600'000;  // 2026-01-01T00:00:00Z
  constexpr std::int64_t kDay_ms = 86'400'000;
  std::int64_t latest_ms = kProgram_ms;
  for (const StoredVisit& row : stored.visits) {
    latest_ms = std::max(latest_ms, row.visit.created.ms - kDay_ms);
  }
  if (clock.now().ms >= latest_ms) return {};
  return day_words(clock, clock.now()) + ", " + time_words(clock);
}

}  // namespace

Result<StoredVisits> stored_visits(vault::Vault& vault) {
  StoredVisits stored;
  VIGIL_ASSIGN(auto visits, vault::visits(vault));
  VIGIL_ASSIGN(stored.outbox, vault::outbox(vault));
  for (vault::Visit& visit : visits) {
    StoredVisit& row = stored.visits.emplace_back(StoredVisit{std::move(visit), 0, 0, false, {}});
    if (row.visit.state != vault::VisitState::kOpen) continue;
    row.team_note = team_note(vault, row.visit);
    const auto records = vault::records(vault, row.visit.id);
    row.unread = !records;
    if (!records) continue;
    for (const vault::Record& record : *records) {
      row.answered += record.answered;
      row.asked += record.asked;
    }
  }
  return stored;
}

VisitsModel visits_model(const words::Words& words, const Clock& clock, const StoredVisits& stored,
                         const std::string& search) {
  VisitsModel model;
  model.search = search;
  model.filtered = !search.empty();
  if (const std::string clock_says = wrong_clock(clock, stored); !clock_says.empty()) {
    model.clock = words::fill(words("This tablet's clock says {0}, which is earlier than what was "
                                    "written before. Set it right before you write down times."),
                              {clock_says});
  }
  for (const StoredVisit& row : stored.visits) {
    const vault::Visit& visit = row.visit;
    const std::string day = day_words(clock, visit.created);
    const std::string all = fmt::format("{} {} {}", visit.code, visit.place, day);
    const bool wanted = ui::holds_folded(all, search);
    if (visit.state == vault::VisitState::kOpen) {
      if (wanted) model.open.push_back(open_row(words, row, day));
      continue;
    }
    const auto entry = std::ranges::find(stored.outbox, visit.id, &vault::OutboxEntry::visit);
    const vault::OutboxEntry* const found = entry == stored.outbox.end() ? nullptr : &*entry;
    VisitsModel::Sealed sealed{visit.code, day, sealed_state(visit, found), sent_percent(found)};
    if (sealed.state != SealedState::kAcknowledged && sealed.state != SealedState::kErased) {
      ++model.waiting;
    }
    if (wanted) model.sealed.push_back(std::move(sealed));
  }
  return model;
}

}  // namespace vigil::tablet
