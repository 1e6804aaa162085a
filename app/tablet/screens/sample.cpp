// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample.h"

#include <fmt/format.h>

#include "app/tablet/screens/sample_device.h"
#include "app/tablet/screens/sample_questions.h"
#include "app/tablet/screens/sample_states.h"

namespace vigil::tablet {
namespace {

constexpr std::pair<std::string_view, std::string_view> kLanguages[] = {
    {"en", "English"}, {"ru", "Русский"},   {"ky", "Кыргызча"}, {"kk", "Қазақша"},
    {"tg", "Тоҷикӣ"},  {"uz", "Oʻzbekcha"}, {"tk", "Türkmençe"}};

// As it is with all catalogues installed.
Chrome chrome(const std::string& language) {
  Chrome chrome;
  for (const char letter : language) chrome.language_badge += static_cast<char>(letter - 32);
  for (const auto& [code, label] : kLanguages) {
    chrome.languages.push_back({std::string(code), std::string(label), code == language});
  }
  return chrome;
}

std::vector<Chrome::Language> form_languages(const SampleWords& say) {
  std::vector<Chrome::Language> languages;
  for (const auto& [code, label] : kLanguages) {
    languages.push_back(
        {fmt::format("{} ({})", label, code), std::string(label), code == say.language()});
  }
  return languages;
}

std::vector<ui::Option> answers(const SampleWords& say, std::string_view chosen) {
  std::vector<ui::Option> options = {{"yes", say("Yes")},
                                     {"partly", say("Partly")},
                                     {"no", say("No")},
                                     {"not_seen", say("Not seen")},
                                     {"not_applicable", say("Not applicable")}};
  for (ui::Option& option : options) option.chosen = option.value == chosen;
  return options;
}

QuestionRow row(std::string ref, std::string source, std::vector<ui::Option> options) {
  QuestionRow row;
  row.ref = std::move(ref);
  row.source = std::move(source);
  row.options = std::move(options);
  return row;
}

QuestionCard lawyer_told(const SampleWords& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/told";
  card.label = say("Told of the right to a lawyer from the moment of detention?");
  card.hint = say("Safeguard: a lawyer from the first moment");
  card.standard = say("by each source");
  card.control = Control::kOne;
  card.rows = {row(card.ref + "/staff", say("Staff"), answers(say, "yes")),
               row(card.ref + "/detainee", say("Detained person"), answers(say, "no")),
               row(card.ref + "/register", say("Register"), answers(say, "yes"))};
  card.mismatch = say("Sources disagree: staff “Yes”, detained person “No”, register “Yes”");
  return card;
}

QuestionCard first_meeting(const SampleWords& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/t_lawyer";
  card.label = say("First meeting with the lawyer");
  card.hint = say("Not before the detention: 21.11, 23:40");
  card.control = Control::kDateTime;
  QuestionRow moment = row(card.ref, "", {});
  moment.value = "2026-11-21T22:15:00.000";
  moment.error = say("This is earlier than the detention (23:40). Check the date or the time.");
  card.rows = {moment};
  return card;
}

QuestionCard hours(const SampleWords& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/hours";
  card.label = say("18.5 hours to the lawyer");
  card.hint = say("Calculated: first meeting less detention.");
  card.control = Control::kResult;
  card.standard = "CPT 12th GR";
  card.limit = fmt::format("{} · {} · {}", say.at_most("24"), say("Kazakhstan"),
                           say("draft, not yet checked"));
  card.limit_about = say("Detention to lawyer · 24 h · Kazakhstan · Criminal Procedure Code");
  return card;
}

QuestionCard needs(const SampleWords& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/where";
  card.label = say("Where could they talk?");
  card.control = Control::kMany;
  card.required = true;
  card.rows = {row(card.ref, "",
                   {{"room", say("A room of its own"), true},
                    {"cell", say("The cell"), false},
                    {"office", say("The investigator's office"), true},
                    {"corridor", say("The corridor"), false}})};
  card.later = true;
  return card;
}

QuestionCard count(const SampleWords& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/count";
  card.label = say("How many lawyers came on the day of the visit?");
  card.control = Control::kInteger;
  QuestionRow number = row(card.ref, "", {});
  number.value = "3";
  card.rows = {number};
  return card;
}

QuestionCard story(const SampleWords& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/story";
  card.label = say("What happened when a lawyer was asked for?");
  card.hint = say("No names");
  card.control = Control::kMultiline;
  QuestionRow text = row(card.ref, "", {});
  text.value =
      say("Asked three times in the night; the call was made only after the morning round.");
  card.rows = {text};
  card.finding = true;
  card.note = say("The duty log has a page missing here.");
  return card;
}

ChecklistModel checklist(const SampleWords& say) {
  ChecklistModel model;
  model.place = say("Lenin district IVS");
  model.about = say("Police: the first hours · case K-47");
  model.sections = {{"course", say("Course of the detention"), 11, 11},
                    {"lawyer", say("Lawyer"), 3, 7, true},
                    {"register", say("Registration"), 4, 4},
                    {"medical", say("Medical examination"), 5, 9},
                    {"other", say("Other safeguards"), 8, 12},
                    {"cells", say("Cells · 2"), 0, 16}};
  model.section = 1;
  model.answered = 31;
  model.asked = 59;
  model.to_mend = 1;
  model.mismatches = 2;
  model.later = 3;
  model.blocks = {lawyer_told(say),
                  first_meeting(say),
                  hours(say),
                  needs(say),
                  count(say),
                  story(say),
                  RepeatHeading{"/data/visit[1]", say("Visit of a lawyer 1"), true},
                  RepeatAdd{"/data/visit", say("Add a visit of a lawyer"),
                            say("Another like the last: visit of a lawyer 1")}};
  return model;
}

VisitsModel visits(const SampleWords& say) {
  VisitsModel model;
  model.open = {
      {1, "RIVER-12", say("Lenin district IVS"), say("Comprehensive · today from 09:40"), 96, 214},
      {2, "STONE-07", say("SIZO-1, building 2"), say("Interim · yesterday"), 148, 148}};
  model.sealed = {{"POPLAR-61", "19.11.2026", SealedState::kQueued, 0},
                  {"RIVER-08", "18.11.2026", SealedState::kUploading, 64},
                  {"STONE-35", "14.11.2026", SealedState::kErased, 100}};
  model.waiting = 2;
  return model;
}

NewVisitModel new_visit(const SampleWords& say) {
  NewVisitModel model;
  VisitAboutModel& about = model.about;
  about.places = {{"a", say("Lenin district IVS · police"), true},
                  {"b", say("SIZO-1 · prison service"), false}};
  about.more_places = true;
  about.team = {{"2", "2", false}, {"3", "3", false}, {"4", "4", true}, {"5", "5", false}};
  about.tasks = {{"talks", say.own("Talks with the head"), false},
                 {"interviews", say("Interviews"), true},
                 {"registers", say("Registers and files"), false}};
  about.place = say("Lenin district IVS");
  about.kinds = {{"comprehensive", say("Comprehensive"), true},
                 {"interim", say("Interim"), false},
                 {"special", say("Special"), false}};
  model.forms = {{"police-custody", say("Police custody: the first hours"), true},
                 {"talks", say.own("Talks with the head"), false}};
  model.can_start = true;
  return model;
}

VisitModel visit(const SampleWords& say) {
  VisitModel model;
  model.visit = 1;
  model.code = "RIVER-12";
  model.place = say("Lenin district IVS");
  model.about = fmt::format("{} · {}", say("Comprehensive"), model.code);
  model.kind = say("Comprehensive");
  model.team = say("team of 4");
  model.tasks = fmt::format("{}, {}", say("Interviews"), say("Registers and files"));
  model.records = {{1, say("Police custody: the first hours · K-47"), 31, 59, 3, 1, 2},
                   {2, say.own("Talks with the head"), 12, 12}};
  model.interviews = {{3, "T-19", 9, 24}};
  model.interview_forms = {{"interview", say("Private interview"), false}};
  model.findings = {
      {1, "/data/lawyer/story", story(say).label, story(say).rows.front().value, false, true},
      {1, "/data/lawyer/told", lawyer_told(say).label,
       say("Staff “Yes”, detained person “No”, register “Yes”"), true, false}};
  model.forms = new_visit(say).forms;
  for (ui::Option& form : model.forms) form.chosen = false;
  return model;
}

ReviewModel review(const SampleWords& say, bool ready) {
  ReviewModel model;
  model.place = say("Lenin district IVS");
  model.code = "RIVER-12";
  model.answered = 57;
  model.asked = 59;
  if (!ready) {
    model.to_mend = {{1, "/data/lawyer/t_lawyer", first_meeting(say).label,
                      first_meeting(say).rows.front().error}};
    model.missing = {{1, "/data/course/t_judge", say("First appearance before the judge"), ""}};
  }
  model.mismatches = {{1, "/data/lawyer/told", lawyer_told(say).label,
                       say("Staff “Yes”, detained person “No”, register “Yes”")}};
  model.one_person = {
      {1, "/data/lawyer/told", lawyer_told(say).label, say.own("Only this one person says so.")}};
  model.readers = {say("The office"), say("The health role (medical answers)"),
                   say("The office's recovery key, kept offline")};
  model.can_seal = true;
  return model;
}

}  // namespace

std::vector<std::pair<std::string, Model>> sample_screens(const SampleWords& say,
                                                          SampleTexts& texts) {
  const Chrome bare = chrome(say.language());
  UnlockModel unlock;
  unlock.passphrase = texts.data();
  UnlockModel wrong = unlock;
  wrong.error = say("This passphrase opens nothing here. Check the keyboard's language.");
  Chrome menu = bare;
  menu.menu_open = true;
  menu.form_languages = form_languages(say);
  Chrome toast = bare;
  toast.toast = say("The answer was cleared.");
  toast.can_undo = true;
  ChecklistModel lower = checklist(say);
  lower.blocks.erase(lower.blocks.begin(), lower.blocks.begin() + 2);
  VisitsModel unenrolled;
  unenrolled.enrolled = false;
  ChecklistModel rail = checklist(say);
  rail.rail_open = true;
  ChecklistModel search = checklist(say);
  search.search = say("lawyer");
  const std::string section = say("Lawyer");
  for (const Block& block : search.blocks) {
    const auto* const card = std::get_if<QuestionCard>(&block);
    if (card != nullptr) search.found.push_back({card->ref, card->label, section});
  }
  search.found.resize(2);
  search.found.push_back(
      {"/data/cells/lawyer", say("Cells 2: May the lawyer come in?"), say("Cells · 2")});
  ChecklistModel nowhere = checklist(say);
  nowhere.search = say("weather");
  std::vector<std::pair<std::string, Model>> screens = {{"unlock", {bare, unlock}},
                                                        {"unlock-wrong", {bare, wrong}},
                                                        {"visits", {bare, visits(say)}},
                                                        {"visits-empty", {bare, VisitsModel{}}},
                                                        {"visits-unenrolled", {bare, unenrolled}},
                                                        {"new-visit", {bare, new_visit(say)}},
                                                        {"visit", {bare, visit(say)}},
                                                        {"checklist", {bare, checklist(say)}},
                                                        {"checklist-lower", {toast, lower}},
                                                        {"checklist-rail", {bare, rail}},
                                                        {"checklist-search", {bare, search}},
                                                        {"checklist-none-found", {bare, nowhere}},
                                                        {"language", {menu, checklist(say)}},
                                                        {"review", {bare, review(say, false)}},
                                                        {"review-ready", {bare, review(say, true)}},
                                                        {"sealed", {bare, SealedModel{"RIVER-12"}}},
                                                        {"hidden", {bare, HiddenModel{"09:41"}}}};
  for (auto& [name, model] : sample_device_screens(say, texts)) {
    screens.emplace_back(name, Model{bare, std::move(model)});
  }
  // Drawn on by nobody; it only has to outlive the models.
  static SampleSketches sketches;
  for (auto& [name, model] : sample_question_screens(say, checklist(say), sketches)) {
    screens.emplace_back(name, Model{bare, std::move(model)});
  }
  for (auto& [name, model] : sample_states(say, checklist(say), texts, sketches)) {
    screens.emplace_back(name, Model{bare, std::move(model)});
  }
  // Cards of a checklist are in its own language.
  for (auto& [name, model] : screens) {
    if (std::holds_alternative<ChecklistModel>(model.screen)) {
      model.chrome.form_languages = form_languages(say);
    }
  }
  return screens;
}

}  // namespace vigil::tablet
