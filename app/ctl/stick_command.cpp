// SPDX-License-Identifier: Apache-2.0
//
// vigilctl stick ...: the way of a visit without a network. A tablet copies its bundles to a stick,
// whoever sits at a network sends them to the hub and gets the receipts onto the stick, and the
// tablet takes those.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include "app/ctl/command.h"
#include "app/ctl/hub_options.h"
#include "app/ctl/push_report.h"
#include "app/ctl/unknown_bundles.h"
#include "app/visit/roster_store.h"
#include "app/visit/vault_outbox.h"
#include "core/base/json.h"
#include "core/vault/outbox.h"
#include "sync/carrier.h"

namespace vigil::ctl {
namespace {

struct StickOptions {
  std::string folder;
  std::string stick;
  PassphraseOptions passphrase;
  HubOptions hub;
};

Json::List names(const std::vector<bundle::BundleId>& ids) {
  Json::List list;
  for (const bundle::BundleId& id : ids) list.emplace_back(bundle::to_string(id));
  return list;
}

Status copy(const StickOptions& options, Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  visit::VaultOutbox outbox(*vault, files(), 0);
  VIGIL_ASSIGN(const auto carried, sync::carry_out(outbox, files(), options.stick));
  VIGIL_ASSIGN(const auto unknown, vault::unknown_bundles(*vault));
  if (!carried.left.empty()) outcome.answer_no();
  if (outcome.json) {
    Json::List left;
    for (const sync::LeftBehind& one : carried.left)
      left.emplace_back(Json::Object{{"id", bundle::to_string(one.id)},
                                     {"code", one.reason.code},
                                     {"message", one.reason.message}});
    print_line(emit_json(Json::Object{{"copied", names(carried.copied)},
                                      {"left", std::move(left)},
                                      {"unknown_bundles", unknown_bundles_json(unknown)}}));
    return {};
  }
  for (const sync::LeftBehind& one : carried.left)
    print_line(bundle::to_string(one.id).substr(0, 8) + ": not copied. " + one.reason.message);
  if (!carried.copied.empty())
    print_line(std::to_string(carried.copied.size()) +
               " bundle(s) are on the stick. They stay here until their receipts come back.");
  else if (carried.left.empty())
    print_line("Nothing waits to be carried.");
  print_unknown_bundles(unknown);
  return {};
}

// Files called like bundles in folders of the stick, as paths in it. Nobody fills a stick deeper.
std::vector<std::string> bundles_below(const std::string& stick) {
  constexpr int kDepth = 8;
  constexpr std::size_t kMost = 1000;
  namespace fs = std::filesystem;
  std::vector<std::string> paths;
  std::error_code failed;
  fs::recursive_directory_iterator at(stick, fs::directory_options::skip_permission_denied, failed);
  for (; !failed && at != fs::recursive_directory_iterator() && paths.size() < kMost;
       at.increment(failed)) {
    if (at.depth() >= kDepth) at.disable_recursion_pending();
    if (at.depth() > 0 && at->path().extension() == ".vigil" && at->is_regular_file(failed))
      paths.push_back(at->path().lexically_relative(stick).string());
  }
  std::ranges::sort(paths);
  return paths;
}

void print_passed_over(const std::vector<std::string>& paths) {
  bool below = false;
  for (const std::string& path : paths) {
    const bool in_folder = path.find('/') != std::string::npos;
    below |= in_folder;
    print_line("Passed over: " + one_line(path) +
               (in_folder ? ", in a folder of the stick"
                          : ", which is no whole bundle: damaged, cut short or something else"));
  }
  if (below) print_line("To send what is in a folder, name that folder in place of the stick.");
}

Status send(const StickOptions& options, Outcome& outcome) {
  if (!files().exists(options.stick)) return sync::stick_gone();
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  VIGIL_ASSIGN(const auto link, open_hub(options.hub, vault.get()));
  sync::FolderOutbox outbox(files(), options.stick);
  const sync::PushReport report = sync::push(*link, outbox, current.roster, push_options());
  std::vector<std::string> passed_over = outbox.passed_over();
  for (std::string& path : bundles_below(options.stick)) passed_over.push_back(std::move(path));
  Json::List passed(passed_over.begin(), passed_over.end());
  if (!passed_over.empty()) outcome.answer_no();
  if (!outcome.json) print_passed_over(passed_over);
  VIGIL_TRY(report_push(report, outcome,
                        {{"passed_over", std::move(passed)},
                         {"received_before", static_cast<std::int64_t>(outbox.received())}}));
  if (outcome.json) return {};
  const auto receipts = std::ranges::count_if(
      report.delivered, [](const sync::Delivery& delivery) { return delivery.alarm.empty(); });
  if (receipts > 0)
    print_line(std::to_string(receipts) +
               " receipt(s) are on the stick. Bring it back: the tablet takes them under Outbox, "
               "and erases only what has one.");
  if (outbox.received() > 0)
    print_line(std::to_string(outbox.received()) +
               " bundle(s) on the stick have their receipt already.");
  if (report.delivered.empty() && report.refused.empty())
    print_line(passed_over.empty() && outbox.received() > 0 ? "Nothing else waits on this stick."
               : passed_over.empty()                        ? "There is no bundle on this stick."
                                     : "There was nothing on this stick that could be sent.");
  return {};
}

Status take_receipts(const StickOptions& options, Outcome& outcome) {
  if (!files().exists(options.stick)) return sync::stick_gone();
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto current, visit::current_roster(*vault));
  visit::VaultOutbox outbox(*vault, files(),
                            static_cast<int>(current.roster.policy.retention_days));
  VIGIL_ASSIGN(const auto carried,
               sync::carry_receipts_in(outbox, files(), options.stick, current.roster));
  if (!carried.bad.empty()) outcome.answer_no();
  if (outcome.json) {
    print_line(emit_json(
        Json::Object{{"received", names(carried.acknowledged)}, {"bad", names(carried.bad)}}));
    return {};
  }
  for (const bundle::BundleId& id : carried.acknowledged)
    print_line(bundle::to_string(id).substr(0, 8) + ": received by the hub, receipt verified.");
  for (const bundle::BundleId& id : carried.bad)
    print_line(
        bundle::to_string(id).substr(0, 8) +
        ": the receipt on the stick is not right; nothing was erased for it. Tell the office.");
  if (carried.acknowledged.empty() && carried.bad.empty())
    print_line("There is no receipt on this stick for what waits here.");
  return {};
}

CLI::App* command(CLI::App& stick, const std::shared_ptr<StickOptions>& options, const char* name,
                  const char* about, const char* folder) {
  CLI::App* sub = stick.add_subcommand(name, about);
  sub->add_option("DIR", options->folder, folder)->required();
  sub->add_option("STICK", options->stick, "The folder where the stick is mounted")->required();
  add_passphrase_options(*sub, options->passphrase);
  return sub;
}

}  // namespace

void add_stick_command(CLI::App& app, Outcome& outcome) {
  CLI::App* stick = app.add_subcommand("stick", "Carry bundles and receipts on a stick");
  stick->require_subcommand(1);
  const auto options = std::make_shared<StickOptions>();
  command(*stick, options, "copy", "Copy what waits to the stick", "The tablet's folder")
      ->callback([=, &outcome] { outcome.finish(copy(*options, outcome)); });
  CLI::App* sending =
      command(*stick, options, "send",
              "Send the stick's bundles to the hub, write their receipts beside them",
              "The office's folder, or any tablet's of the office");
  add_hub_options(*sending, options->hub);
  sending->callback([=, &outcome] { outcome.finish(send(*options, outcome)); });
  command(*stick, options, "receipts", "Take the stick's receipts; erase what is received",
          "The tablet's folder")
      ->callback([=, &outcome] { outcome.finish(take_receipts(*options, outcome)); });
}

}  // namespace vigil::ctl
