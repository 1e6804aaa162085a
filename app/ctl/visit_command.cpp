// SPDX-License-Identifier: Apache-2.0
//
// vigilctl visit ...: visits on a tablet; `list` and `show` also read an office's imported ones.
#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include <fmt/format.h>

#include "app/ctl/answers_file.h"
#include "app/ctl/command.h"
#include "app/ctl/office_visits.h"
#include "app/ctl/shown.h"
#include "app/ctl/unknown_bundles.h"
#include "app/ctl/visit_text.h"
#include "app/visit/checklist.h"
#include "app/visit/finalise.h"
#include "app/words/visit_words.h"
#include "core/vault/forms_store.h"
#include "core/vault/inbox.h"
#include "core/vault/settings.h"
#include "core/vault/visits.h"

namespace vigil::ctl {
namespace {

struct VisitOptions {
  std::string folder;
  PassphraseOptions passphrase;
  std::string code;
  std::string place;
  std::string kind;
  vault::Team team;
  std::vector<std::string> forms;
  std::string amends;
  std::string form;
  std::string answers_path;
  std::string language = "en";
  visit::Unmended unmended;
};

Result<bool> is_office(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto role, vault::get_setting(vault, vault::kRoleSetting));
  return role && as_text(*role) == "office";
}

// The day of a wall time, as the device's clock has it.
std::string day_of(WallTime time) {
  const std::int64_t local_ms = time.ms + std::int64_t{clock().utc_offset_minutes(time)} * 60'000;
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(local_ms)))};
  return fmt::format("{}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

// The dates of a visit are the device's; nothing later can mend them.
void say_odd_clock() {
  const std::string today = day_of(clock().now());
  constexpr std::string_view kEarliest = "2025";  // before there was a Vigil
  constexpr std::string_view kLatest = "2100";
  if (today.find('-') == 4 && today >= kEarliest && today < kLatest) return;
  std::fprintf(stderr,
               "vigilctl: this device's clock says %s: the visit will carry that date. Set the "
               "clock first.\n",
               today.c_str());
}

// The bundle of the sealed visit that --amends names.
Result<std::optional<bundle::BundleId>> amended_bundle(vault::Vault& vault,
                                                       const std::string& code) {
  if (code.empty()) return std::nullopt;
  VIGIL_ASSIGN(const auto visit, vault::visit_by_code(vault, code));
  if (visit.bundle) return visit.bundle;
  return fail(ErrorKind::kUsage, "visit.amends",
              "Visit " + visit.code + " is still open: change it instead of amending it.");
}

Status make(const VisitOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  for (const std::string* text : {&options.place, &options.kind}) {
    if (is_xml_text(*text) && text->find('\n') == std::string::npos) continue;
    return fail(ErrorKind::kUsage, "visit.text",
                "Place and kind are one line of plain text, without control characters.");
  }
  if (!vault::is_team(options.team)) {
    return fail(ErrorKind::kUsage, "visit.team",
                "A team has up to 99 persons; a task is one word of a-z, digits and hyphens, such "
                "as interviews, each given once. Never a person's name.");
  }
  say_odd_clock();
  VIGIL_ASSIGN(const auto amended, amended_bundle(*vault, options.amends));
  // Every form is looked up before the visit is made, so that a mistyped one leaves nothing behind.
  for (const std::string& form : options.forms) VIGIL_TRY(vault::current_form(*vault, form));
  VIGIL_ASSIGN(const auto visit,
               vault::new_visit(*vault, {options.place, options.kind, amended, options.team}));
  for (const std::string& form : options.forms)
    VIGIL_TRY(visit::Checklist::start(*vault, clock(), visit.id, form));
  if (outcome.json) {
    print_line(emit_json(Json::Object{{"visit", visit.code}}));
  } else {
    print_line("Visit " + visit.code + " is open" +
               (options.forms.empty()
                    ? std::string(", without a checklist yet.")
                    : " with " + std::to_string(options.forms.size()) + " checklist(s)."));
  }
  return {};
}

// The record of this visit that --form names, or its only one.
Result<vault::Record> record_of(vault::Vault& vault, const vault::Visit& visit,
                                const std::string& form) {
  if (visit.state != vault::VisitState::kOpen) {
    return fail(ErrorKind::kConflict, "visit.sealed",
                "Visit " + visit.code + " is sealed; nothing on this device opens it.");
  }
  VIGIL_ASSIGN(const auto records, vault::records(vault, visit.id));
  for (const vault::Record& record : records)
    if (form.empty() ? records.size() == 1 : record.form_id == form) return record;
  return fail(ErrorKind::kUsage, "visit.form",
              records.empty() ? "Visit " + visit.code + " has no checklist yet."
                              : "Say with --form which checklist of the visit is meant.");
}

Status fill(const VisitOptions& options, Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto visit, vault::visit_by_code(*vault, options.code));
  VIGIL_ASSIGN(const auto record, record_of(*vault, visit, options.form));
  VIGIL_ASSIGN(const auto checklist, visit::Checklist::resume(*vault, clock(), record.id));
  const std::string language = visit::find_language(checklist->session().form(), options.language);
  if (!language.empty()) VIGIL_TRY(checklist->set_language(language));
  VIGIL_ASSIGN(const auto report, fill_from_file(*checklist, options.answers_path));
  VIGIL_TRY(checklist->keep_progress());
  const visit::Checklist::Progress progress = checklist->progress();
  if (outcome.json) {
    Json::List refused;
    for (const Refusal& refusal : report.refused) {
      refused.emplace_back(Json::Object{{"line", static_cast<std::int64_t>(refusal.line)},
                                        {"ref", refusal.ref},
                                        {"message", refusal.message}});
    }
    print_line(emit_json(Json::Object{{"accepted", static_cast<std::int64_t>(report.accepted)},
                                      {"refused", std::move(refused)},
                                      {"answered", std::int64_t{progress.answered}},
                                      {"asked", std::int64_t{progress.asked}}}));
  } else {
    print_line(std::to_string(report.accepted) + " entries stored; " +
               std::to_string(progress.answered) + " of " + std::to_string(progress.asked) +
               " questions answered.");
    for (const Refusal& refusal : report.refused) {
      print_line("Refused, line " + std::to_string(refusal.line) + " (" + refusal.ref +
                 "): " + refusal.message);
    }
  }
  if (!report.refused.empty()) outcome.answer_no();
  return {};
}

Status show_tablet_visit(vault::Vault& vault, const VisitOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto visit, vault::visit_by_code(vault, options.code));
  if (visit.state != vault::VisitState::kOpen) {
    return fail(ErrorKind::kConflict, "visit.sealed",
                "Visit " + visit.code + " is sealed; nothing on this device opens it.");
  }
  const words::Words words = words_of(options.language);
  if (!outcome.json) say_missing_words(words, options.language);
  if (visit.amends && !outcome.json)
    print_line(words::fill(words("Corrects visit {0}"), {bundle::to_string(*visit.amends)}));
  if (visit.team.said() && !outcome.json)
    print_line(words::team_words(words, visit.team.persons, visit.team.tasks));
  VIGIL_ASSIGN(const auto records, vault::records(vault, visit.id));
  Json::List shown;
  for (const vault::Record& record : records) {
    VIGIL_ASSIGN(const auto checklist, visit::Checklist::resume(vault, clock(), record.id));
    const std::string language =
        visit::find_language(checklist->session().form(), options.language);
    if (!language.empty()) VIGIL_TRY(checklist->set_language(language));
    VIGIL_ASSIGN(const auto flags, checklist->flags());
    if (outcome.json) {
      shown.push_back(checklist_json(checklist->session().state(), flags));
    } else {
      print_line(checklist->session().form().title_in(checklist->session().language()));
      const auto state = checklist->session().state();
      print_line(checklist_text(state, words));
      print_line(flags_text(flags, state, words));
    }
  }
  if (outcome.json) {
    Json::Object object{{"visit", visit.code}, {"place", visit.place}, {"kind", visit.kind}};
    add_team(object, visit.team);
    object.emplace_back("checklists", std::move(shown));
    print_line(emit_json(std::move(object)));
  }
  return {};
}

Status show(const VisitOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const bool office, is_office(*vault));
  return office ? show_office_visit(*vault, options.code, options.language, outcome)
                : show_tablet_visit(*vault, options, outcome);
}

Status finalise(const VisitOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto visit, vault::visit_by_code(*vault, options.code));
  VIGIL_ASSIGN(const auto sealed,
               visit::finalise_visit(*vault, clock(), visit.id, options.unmended));
  if (outcome.json) {
    print_line(emit_json(Json::Object{{"visit", visit.code},
                                      {"bundle", bundle::to_string(sealed.id)},
                                      {"sequence", static_cast<std::int64_t>(sealed.sequence)},
                                      {"size_bytes", static_cast<std::int64_t>(sealed.size_bytes)},
                                      {"path", sealed.path}}));
  } else {
    print_line("Visit " + visit.code + " is sealed as bundle " + std::to_string(sealed.sequence) +
               " of this tablet, " + std::to_string(sealed.size_bytes) +
               " bytes. Nothing here opens it any more.");
  }
  return {};
}

Status list_tablet(vault::Vault& vault, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto visits, vault::visits(vault));
  Json::List rows;
  for (const vault::Visit& visit : visits) {
    std::string progress;
    if (visit.state == vault::VisitState::kOpen) {
      int answered = 0;
      int asked = 0;
      VIGIL_ASSIGN(const auto records, vault::records(vault, visit.id));
      for (const vault::Record& record : records)
        answered += record.answered, asked += record.asked;
      progress = std::to_string(answered) + " of " + std::to_string(asked);
    }
    if (outcome.json) {
      Json::Object row{{"visit", visit.code},
                       {"date", day_of(visit.created)},
                       {"state", vault::to_string(visit.state)},
                       {"place", visit.place},
                       {"kind", visit.kind}};
      add_team(row, visit.team);
      row.emplace_back("progress", progress);
      rows.emplace_back(std::move(row));
    } else {
      print_line(visit.code + "  " + day_of(visit.created) + "  " +
                 std::string(vault::to_string(visit.state)) +
                 (visit.place.empty() ? "" : "  " + one_line(visit.place)) +
                 (progress.empty() ? "" : "  " + progress));
    }
  }
  VIGIL_ASSIGN(const auto unknown, vault::unknown_bundles(vault));
  if (outcome.json)
    print_line(emit_json(Json::Object{{"visits", std::move(rows)},
                                      {"unknown_bundles", unknown_bundles_json(unknown)}}));
  else
    print_unknown_bundles(unknown);
  return {};
}

Status list(const VisitOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const bool office, is_office(*vault));
  return office ? list_office_visits(*vault, outcome) : list_tablet(*vault, outcome);
}

Status discard(const VisitOptions& options) {
  VIGIL_ASSIGN(const auto vault, open_vault(options.folder, options.passphrase));
  VIGIL_ASSIGN(const auto visit, vault::visit_by_code(*vault, options.code));
  if (visit.state != vault::VisitState::kOpen) {
    return fail(ErrorKind::kConflict, "visit.sealed",
                "Visit " + visit.code + " is sealed: only an open one can be discarded.");
  }
  if (!confirmed("Erase the open visit " + visit.code + " for good? yes or no: "))
    return fail(ErrorKind::kUsage, "visit.kept", "Nothing was erased.");
  VIGIL_TRY(vault::discard_visit(*vault, visit.id));
  print_line("Visit " + visit.code + " is erased, as if it had never been.");
  return {};
}

using Options = std::shared_ptr<VisitOptions>;

CLI::App* command(CLI::App& visit, const Options& options, const char* name, const char* about,
                  bool with_code) {
  CLI::App* sub = visit.add_subcommand(name, about);
  sub->add_option("DIR", options->folder, "The tablet's (or office's) folder")->required();
  if (with_code) sub->add_option("VISIT", options->code, "The visit's code")->required();
  add_passphrase_options(*sub, options->passphrase);
  return sub;
}

}  // namespace

void add_visit_command(CLI::App& app, Outcome& outcome) {
  CLI::App* visit = app.add_subcommand("visit", "Visits: open, fill, look, seal");
  visit->require_subcommand(1);
  const auto options = std::make_shared<VisitOptions>();

  CLI::App* start = command(*visit, options, "new", "Open a visit", false);
  start->add_option("--place", options->place, "Where; stays on the tablet until sealed");
  start->add_option("--kind", options->kind, "Comprehensive, thematic, interim, special ...");
  start->add_option("--team", options->team.persons, "How many came; never who")
      ->check(CLI::Range(1, vault::kMostPersons));
  start
      ->add_option("--task", options->team.tasks,
                   "What is done with this tablet: talks, interviews, registers, observation, "
                   "health ...; may be given again")
      ->allow_extra_args(false);
  start->add_option("--form", options->forms, "Checklist to begin with; may be given again")
      ->allow_extra_args(false);
  start->add_option("--amends", options->amends,
                    "Code of the sealed visit here that this one corrects");
  start->callback([=, &outcome] { outcome.finish(make(*options, outcome)); });

  CLI::App* enter = command(*visit, options, "fill", "Fill a checklist from a file", true);
  enter->add_option("--answers", options->answers_path, "JSON lines, see docs/command-line.md")
      ->required();
  enter->add_option("--form", options->form, "Which checklist, if the visit has several");
  enter->add_option("--language", options->language, "For the form's messages, such as ru");
  enter->callback([=, &outcome] { outcome.finish(fill(*options, outcome)); });

  CLI::App* look = command(*visit, options, "show", "Show the answers", true);
  look->add_option("--language", options->language, "Such as ru");
  look->callback([=, &outcome] { outcome.finish(show(*options, outcome)); });

  CLI::App* seal = command(*visit, options, "finalise", "Seal a visit for the office", true);
  seal->add_flag("--allow-missing", options->unmended.missing,
                 "Seal although required questions have no answer");
  seal->add_flag("--allow-wrong", options->unmended.wrong,
                 "Seal although answers break the form's rules; the office sees them marked");
  seal->callback([=, &outcome] { outcome.finish(finalise(*options, outcome)); });

  CLI::App* all = command(*visit, options, "list", "List visits", false);
  all->callback([=, &outcome] { outcome.finish(list(*options, outcome)); });

  CLI::App* drop = command(*visit, options, "discard", "Erase an open visit", true);
  drop->callback([=, &outcome] { outcome.finish(discard(*options)); });
}

}  // namespace vigil::ctl
