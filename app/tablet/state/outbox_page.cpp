// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/outbox_page.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/tablet/state/error_words.h"
#include "app/tablet/state/local_time.h"
#include "app/tablet/state/sealed_state.h"
#include "app/tablet/state/sticks.h"
#include "app/visit/roster_store.h"
#include "app/visit/vault_outbox.h"
#include "sync/carrier.h"
#include "sync/sealed_file.h"

namespace vigil::tablet {
namespace {

std::string received(const words::Words& words, std::size_t visits) {
  return words.plural("{0} visit was received; its receipt is verified.",
                      "{0} visits were received; their receipts are verified.", visits);
}

// What the stick answered can be mended here; a file that is lost or spoilt cannot.
std::string left_behind(const words::Words& words, const std::vector<sync::LeftBehind>& left) {
  const Error& reason = left.front().reason;
  if (!sync::is_lost_here(reason)) {
    return error_words(words, reason);
  }
  return words.plural(
      "{0} visit was not copied: its file on this tablet is missing or damaged. Tell the office.",
      "{0} visits were not copied: their files on this tablet are missing or damaged. Tell the "
      "office.",
      left.size());
}

Outcome failed(const words::Words& words, const Error& error) {
  return {error_words(words, error), true};
}

}  // namespace

Outcome carry_out(const words::Words& words, vault::Vault& vault, Files& files,
                  const std::vector<std::string>& sticks, const std::string& folder) {
  visit::VaultOutbox outbox(vault, files, 0);
  Result<sync::CarriedOut> carried = sync::stick_gone();
  if (std::ranges::find(sticks, folder) != sticks.end()) {
    carried = sync::carry_out(outbox, files, folder);
  }
  if (!carried) return failed(words, carried.error());
  Outcome outcome;
  if (!carried->copied.empty() || carried->left.empty()) {
    outcome.text = words.plural(
        "{0} visit is on the stick. It stays here too, until the receipt comes back.",
        "{0} visits are on the stick. They stay here too, until the receipts come back.",
        carried->copied.size());
  }
  if (carried->left.empty()) return outcome;
  outcome.bad = true;
  if (!outcome.text.empty()) outcome.text += ' ';
  outcome.text += left_behind(words, carried->left);
  return outcome;
}

Outcome carry_in(const words::Words& words, vault::Vault& vault, Files& files,
                 const std::string& folder) {
  const auto roster = visit::current_roster(vault);
  if (!roster) return failed(words, roster.error());
  visit::VaultOutbox outbox(vault, files, static_cast<int>(roster->roster.policy.retention_days));
  const auto taken = sync::carry_receipts_in(outbox, files, folder, roster->roster);
  if (!taken) return failed(words, taken.error());
  if (!taken->bad.empty()) {
    return {std::string(words("A receipt on this stick is not right. Nothing was erased for it. "
                              "Tell the office.")),
            true};
  }
  if (taken->acknowledged.empty()) {
    return {std::string(words("There is no receipt on this stick for what waits here.")), false,
            true};
  }
  return {received(words, taken->acknowledged.size()), false};
}

Outcome sent(const words::Words& words, const sync::PushReport& report) {
  Outcome outcome;
  outcome.bad = report.stopped || !report.refused.empty();
  const auto lost = static_cast<std::size_t>(std::ranges::count_if(
      report.refused, [](const auto& entry) { return sync::is_lost_here(entry.reason); }));
  if (report.stopped) {
    outcome.text = error_words(words, *report.stopped);
  } else if (lost > 0) {
    // The hub never saw them.
    outcome.text = words.plural(
        "{0} visit was not sent: its file on this tablet is missing or damaged. Tell the office.",
        "{0} visits were not sent: their files on this tablet are missing or damaged. Tell the "
        "office.",
        lost);
  } else if (!report.refused.empty()) {
    outcome.text = words.plural("The hub refused {0} visit. Tell the office what stands below.",
                                "The hub refused {0} visits. Tell the office what stands below.",
                                report.refused.size());
  } else if (report.delivered.empty()) {
    outcome.text = words("Nothing waits to be sent.");
    outcome.nothing = true;
  } else {
    outcome.text = received(words, report.delivered.size());
  }
  for (const sync::Delivery& delivery : report.delivered) {
    if (delivery.alarm.empty()) continue;
    outcome.bad = true;
    outcome.text =
        words::fill(words("The hub raised an alarm ({0}). Tell the office."), {delivery.alarm});
  }
  return outcome;
}

OutboxModel outbox_model(const words::Words& words, const Clock& clock, const OutboxInput& input) {
  OutboxModel model;
  model.enrolled = input.enrolled;
  model.sending = input.sending;
  model.outcome = input.page.outcome.text;
  model.outcome_is_bad = input.page.outcome.bad;
  model.outcome_is_nothing = input.page.outcome.nothing;
  model.outcome_stick = input.page.stick;
  std::uint64_t waiting_bytes = 0;
  for (const vault::OutboxEntry& entry : input.entries) {
    const auto visit = std::ranges::find(input.visits, entry.visit, &vault::Visit::id);
    if (visit == input.visits.end()) continue;
    OutboxModel::Entry row;
    row.code = visit->code;
    row.day = day_words(clock, entry.sealed);
    row.size = size_words(words, entry.size_bytes);
    row.state = sealed_state(*visit, &entry);
    row.sent_percent = sent_percent(&entry);
    row.note = entry.refusal;
    if (!entry.receipt.empty()) row.note = words("The receipt is kept and verified.");
    if (row.state != SealedState::kAcknowledged && row.state != SealedState::kErased) {
      ++model.waiting;
      waiting_bytes += entry.size_bytes;
    }
    if (model.sending && row.state == SealedState::kUploading) {
      model.sending_text =
          words::fill(words("{0}: {1} % sent"), {row.code, fmt::format("{}", row.sent_percent)});
    }
    model.entries.push_back(std::move(row));
  }
  std::ranges::reverse(model.entries);  // the newest first, as in the list of visits
  model.waiting_size = size_words(words, waiting_bytes);
  if (model.sending && model.sending_text.empty()) {
    model.sending_text = words("Looking for the hub…");
  }
  return model;
}

}  // namespace vigil::tablet
