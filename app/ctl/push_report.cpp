// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/push_report.h"

#include <cstdio>

#include <unistd.h>

#include "app/ctl/hub_options.h"
#include "core/base/json.h"
#include "sync/sealed_file.h"

namespace vigil::ctl {

void show_progress(const char* doing, const bundle::BundleId& id, std::uint64_t done,
                   std::uint64_t total) {
  if (::isatty(STDERR_FILENO) == 0 || total == 0) return;
  std::fprintf(stderr, "\r%s %.8s  %3llu %%%s", doing, bundle::to_string(id).c_str(),
               static_cast<unsigned long long>(done * 100 / total), done >= total ? "\n" : "");
}

sync::PushOptions push_options() {
  sync::PushOptions options;
  options.delivery.patience = hub_patience();
  options.progress = [](const bundle::BundleId& id, std::uint64_t sent, std::uint64_t total) {
    show_progress("sending", id, sent, total);
  };
  return options;
}

Status report_push(const sync::PushReport& report, Outcome& outcome, Json::Object more) {
  Json::List delivered;
  Json::List refused;
  Json::List lost;
  for (const sync::Delivery& delivery : report.delivered) {
    delivered.emplace_back(Json::Object{{"id", bundle::to_string(delivery.id)},
                                        {"log_index", static_cast<std::int64_t>(delivery.index)},
                                        {"cuts", std::int64_t{delivery.cuts}},
                                        {"alarm", delivery.alarm}});
    if (outcome.json) continue;
    print_line(bundle::to_string(delivery.id).substr(0, 8) + ": received; entry " +
               std::to_string(delivery.index) + " of the hub's log, receipt verified" +
               (delivery.cuts > 0 ? ", after " + std::to_string(delivery.cuts) + " cut(s)" : "") +
               ".");
    if (!delivery.alarm.empty())
      print_line("  The hub raised an alarm about it (" + delivery.alarm +
                 ", see docs/formats/hub.md): the tablet keeps it; tell the office.");
  }
  for (const sync::Refusal& refusal : report.refused) {
    // Of what is missing or damaged here the hub knows nothing.
    Json::List& list = sync::is_lost_here(refusal.reason) ? lost : refused;
    list.emplace_back(Json::Object{{"id", bundle::to_string(refusal.id)},
                                   {"code", refusal.reason.code},
                                   {"message", refusal.reason.message}});
    if (!outcome.json)
      print_line(bundle::to_string(refusal.id).substr(0, 8) + ": " + refusal.reason.message);
  }
  if (outcome.json) {
    Json::Object answer{{"delivered", std::move(delivered)},
                        {"refused", std::move(refused)},
                        {"lost", std::move(lost)}};
    for (auto& member : more) answer.push_back(std::move(member));
    print_line(emit_json(std::move(answer)));
  }
  if (report.stopped) return std::unexpected(*report.stopped);
  if (!report.refused.empty()) outcome.answer_no();
  return {};
}

}  // namespace vigil::ctl
