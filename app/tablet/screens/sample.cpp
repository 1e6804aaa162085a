// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample.h"

#include <fmt/format.h>

#include "app/tablet/screens/sample_device.h"
#include "app/tablet/screens/sample_questions.h"
#include "app/tablet/screens/sample_states.h"

namespace vigil::tablet {
namespace {

// Picks the language of the sample's words.
class Say {
 public:
  explicit Say(std::string_view language) : russian_(language == "ru") {}
  [[nodiscard]] std::string operator()(std::string_view english, std::string_view russian) const {
    return std::string(russian_ ? russian : english);
  }
  [[nodiscard]] bool russian() const { return russian_; }

 private:
  bool russian_;
};

constexpr std::pair<std::string_view, std::string_view> kLanguages[] = {
    {"en", "English"}, {"ru", "Русский"},   {"ky", "Кыргызча"}, {"kk", "Қазақша"},
    {"tg", "Тоҷикӣ"},  {"uz", "Oʻzbekcha"}, {"tk", "Türkmençe"}};

// As it is with all catalogues installed; the sample's own words stay English or Russian.
Chrome chrome(std::string_view language) {
  Chrome chrome;
  for (const char letter : language) chrome.language_badge += static_cast<char>(letter - 32);
  for (const auto& [code, label] : kLanguages) {
    chrome.languages.push_back({std::string(code), std::string(label), code == language});
  }
  return chrome;
}

std::vector<Chrome::Language> form_languages(const Say& say) {
  std::vector<Chrome::Language> languages;
  for (const auto& [code, label] : kLanguages) {
    languages.push_back({fmt::format("{} ({})", label, code), std::string(label),
                         code == (say.russian() ? "ru" : "en")});
  }
  return languages;
}

std::vector<ui::Option> answers(const Say& say, std::string_view chosen) {
  std::vector<ui::Option> options = {{"yes", say("Yes", "Да")},
                                     {"partly", say("Partly", "Отчасти")},
                                     {"no", say("No", "Нет")},
                                     {"not_seen", say("Not seen", "Не видели")},
                                     {"not_applicable", say("Not applicable", "Неприменимо")}};
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

QuestionCard lawyer_told(const Say& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/told";
  card.label = say("Told of the right to a lawyer from the moment of detention?",
                   "Сообщено ли о праве на адвоката с момента задержания?");
  card.hint =
      say("Safeguard: a lawyer from the first moment", "Гарантия «адвокат с первого момента»");
  card.standard = say("by each source", "по каждому источнику");
  card.control = Control::kOne;
  card.rows = {
      row(card.ref + "/staff", say("Staff", "Сотрудники"), answers(say, "yes")),
      row(card.ref + "/detainee", say("Detained person", "Задержанный"), answers(say, "no")),
      row(card.ref + "/register", say("Register", "Журнал"), answers(say, "yes"))};
  card.mismatch = say("Sources disagree: staff “Yes”, detained person “No”, register “Yes”",
                      "Источники расходятся: сотрудники «Да», задержанный «Нет», журнал «Да»");
  return card;
}

QuestionCard first_meeting(const Say& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/t_lawyer";
  card.label = say("First meeting with the lawyer", "Первая встреча с адвокатом");
  card.hint = say("Not before the detention: 21.11, 23:40", "Не раньше задержания: 21.11, 23:40");
  card.control = Control::kDateTime;
  QuestionRow moment = row(card.ref, "", {});
  moment.value = "2026-11-21T22:15:00.000";
  moment.error = say("This is earlier than the detention (23:40). Check the date or the time.",
                     "Встреча указана раньше задержания (23:40). Проверьте дату или время.");
  card.rows = {moment};
  return card;
}

QuestionCard hours(const Say& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/hours";
  card.label = say("18.5 hours to the lawyer", "18,5 ч до адвоката");
  card.hint =
      say("Calculated: first meeting less detention.", "Вычислено: встреча минус задержание.");
  card.control = Control::kResult;
  card.standard = "CPT 12th GR";
  card.limit = say("Limit: at most 24 h · Kazakhstan · draft, not yet checked",
                   "Предел: не более 24 ч · Казахстан · черновик, ещё не проверено");
  card.limit_about = say("Detention to lawyer · 24 h · Kazakhstan · Criminal Procedure Code",
                         "От задержания до адвоката · 24 ч · Казахстан · Уголовно-процессуальный "
                         "кодекс");
  return card;
}

QuestionCard needs(const Say& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/where";
  card.label = say("Where could they talk?", "Где они могли говорить?");
  card.control = Control::kMany;
  card.required = true;
  card.rows = {row(card.ref, "",
                   {{"room", say("A room of its own", "Отдельная комната"), true},
                    {"cell", say("The cell", "Камера"), false},
                    {"office", say("The investigator's office", "Кабинет следователя"), true},
                    {"corridor", say("The corridor", "Коридор"), false}})};
  card.later = true;
  return card;
}

QuestionCard count(const Say& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/count";
  card.label = say("How many lawyers came on the day of the visit?",
                   "Сколько адвокатов пришло в день посещения?");
  card.control = Control::kInteger;
  QuestionRow number = row(card.ref, "", {});
  number.value = "3";
  card.rows = {number};
  return card;
}

QuestionCard story(const Say& say) {
  QuestionCard card;
  card.ref = "/data/lawyer/story";
  card.label =
      say("What happened when a lawyer was asked for?", "Что было, когда попросили адвоката?");
  card.hint = say("No names", "Без имён");
  card.control = Control::kMultiline;
  QuestionRow text = row(card.ref, "", {});
  text.value =
      say("Asked three times in the night; the call was made only after the morning round.",
          "Просили трижды за ночь; позвонили только после утреннего обхода.");
  card.rows = {text};
  card.finding = true;
  card.note =
      say("The duty log has a page missing here.", "В журнале дежурного здесь нет страницы.");
  return card;
}

ChecklistModel checklist(const Say& say) {
  ChecklistModel model;
  model.place = say("Lenin district IVS", "ИВС Ленинского района");
  model.about = say("Police: the first hours · case K-47", "Полиция: первые часы · случай К-47");
  model.sections = {{"course", say("Course of the detention", "Ход задержания"), 11, 11},
                    {"lawyer", say("Lawyer", "Адвокат"), 3, 7, true},
                    {"register", say("Registration", "Регистрация"), 4, 4},
                    {"medical", say("Medical examination", "Медосмотр"), 5, 9},
                    {"other", say("Other safeguards", "Другие гарантии"), 8, 12},
                    {"cells", say("Cells · 2", "Камеры · 2"), 0, 16}};
  model.section = 1;
  model.answered = 31;
  model.asked = 59;
  model.to_mend = 1;
  model.mismatches = 2;
  model.later = 3;
  model.blocks = {
      lawyer_told(say),
      first_meeting(say),
      hours(say),
      needs(say),
      count(say),
      story(say),
      RepeatHeading{"/data/visit[1]", say("Visit of a lawyer 1", "Приход адвоката 1"), true},
      RepeatAdd{
          "/data/visit", say("Add a visit of a lawyer", "Добавить приход адвоката"),
          say("Another like the last: visit of a lawyer 1", "Ещё одно как последнее: приход 1")}};
  return model;
}

VisitsModel visits(const Say& say) {
  VisitsModel model;
  model.open = {{1, "RIVER-12", say("Lenin district IVS", "ИВС Ленинского района"),
                 say("Comprehensive · today from 09:40", "Комплексное · сегодня с 09:40"), 96, 214},
                {2, "STONE-07", say("SIZO-1, building 2", "СИЗО-1, корпус 2"),
                 say("Interim · yesterday", "Промежуточное · вчера"), 148, 148}};
  model.sealed = {{"POPLAR-61", "19.11.2026", SealedState::kQueued, 0},
                  {"RIVER-08", "18.11.2026", SealedState::kUploading, 64},
                  {"STONE-35", "14.11.2026", SealedState::kErased, 100}};
  model.waiting = 2;
  return model;
}

NewVisitModel new_visit(const Say& say) {
  NewVisitModel model;
  VisitAboutModel& about = model.about;
  about.places = {
      {"a", say("Lenin district IVS · police", "ИВС Ленинского района · полиция"), true},
      {"b", say("SIZO-1 · prison service", "СИЗО-1 · тюремная служба"), false}};
  about.more_places = true;
  about.team = {{"2", "2", false}, {"3", "3", false}, {"4", "4", true}, {"5", "5", false}};
  about.tasks = {{"talks", say("Talks with the head", "Беседы с руководством"), false},
                 {"interviews", say("Interviews", "Беседы с людьми"), true},
                 {"registers", say("Registers and files", "Журналы и дела"), false}};
  about.place = say("Lenin district IVS", "ИВС Ленинского района");
  about.kinds = {{"comprehensive", say("Comprehensive", "Комплексное"), true},
                 {"interim", say("Interim", "Промежуточное"), false},
                 {"special", say("Special", "Специальное"), false}};
  model.forms = {
      {"police-custody", say("Police custody: the first hours", "Полиция: первые часы"), true},
      {"talks", say("Talks with the head", "Беседы с руководством"), false}};
  model.can_start = true;
  return model;
}

VisitModel visit(const Say& say) {
  VisitModel model;
  model.visit = 1;
  model.code = "RIVER-12";
  model.place = say("Lenin district IVS", "ИВС Ленинского района");
  model.about = say("Comprehensive · RIVER-12", "Комплексное · RIVER-12");
  model.kind = say("Comprehensive", "Комплексное");
  model.team = say("team of 4", "группа из 4");
  model.tasks = say("Interviews, Registers and files", "Беседы с людьми, Журналы и дела");
  model.records = {{1, say("Police custody: the first hours · K-47", "Полиция: первые часы · К-47"),
                    31, 59, 3, 1, 2},
                   {2, say("Talks with the head", "Беседы с руководством"), 12, 12}};
  model.interviews = {{3, "T-19", 9, 24}};
  model.interview_forms = {{"interview", say("Private interview", "Беседа наедине"), false}};
  model.findings = {
      {1, "/data/lawyer/story", story(say).label, story(say).rows.front().value, false, true},
      {1, "/data/lawyer/told", lawyer_told(say).label,
       say("Staff “Yes”, detained person “No”, register “Yes”",
           "Сотрудники «Да», задержанный «Нет», журнал «Да»"),
       true, false}};
  model.forms = new_visit(say).forms;
  for (ui::Option& form : model.forms) form.chosen = false;
  return model;
}

ReviewModel review(const Say& say, bool ready) {
  ReviewModel model;
  model.place = say("Lenin district IVS", "ИВС Ленинского района");
  model.code = "RIVER-12";
  model.answered = 57;
  model.asked = 59;
  if (!ready) {
    model.to_mend = {{1, "/data/lawyer/t_lawyer", first_meeting(say).label,
                      first_meeting(say).rows.front().error}};
    model.missing = {{1, "/data/course/t_judge",
                      say("First appearance before the judge", "Первая доставка к судье"), ""}};
  }
  model.mismatches = {{1, "/data/lawyer/told", lawyer_told(say).label,
                       say("Staff “Yes”, detained person “No”, register “Yes”",
                           "Сотрудники «Да», задержанный «Нет», журнал «Да»")}};
  model.one_person = {{1, "/data/lawyer/told", lawyer_told(say).label,
                       say("Only this one person says so.", "Так говорит только этот человек.")}};
  model.readers = {
      say("The office", "Офис"),
      say("The health role (medical answers)", "Медицинская роль (медицинские ответы)"),
      say("The office's recovery key, kept offline", "Резервный ключ офиса, хранится вне сети")};
  model.can_seal = true;
  return model;
}

}  // namespace

std::vector<std::pair<std::string, Model>> sample_screens(std::string_view language,
                                                          SampleTexts& texts) {
  const Say say(language);
  const Chrome bare = chrome(language);
  UnlockModel unlock;
  unlock.passphrase = texts.data();
  UnlockModel wrong = unlock;
  wrong.error = say("This passphrase opens nothing here. Check the keyboard's language.",
                    "Эта фраза здесь ничего не открывает. Проверьте язык клавиатуры.");
  Chrome menu = bare;
  menu.menu_open = true;
  menu.form_languages = form_languages(say);
  Chrome toast = bare;
  toast.toast = say("The answer was cleared.", "Ответ снят.");
  toast.can_undo = true;
  ChecklistModel lower = checklist(say);
  lower.blocks.erase(lower.blocks.begin(), lower.blocks.begin() + 2);
  VisitsModel unenrolled;
  unenrolled.enrolled = false;
  ChecklistModel rail = checklist(say);
  rail.rail_open = true;
  ChecklistModel search = checklist(say);
  search.search = say("lawyer", "адвокат");
  const std::string section = say("Lawyer", "Адвокат");
  for (const Block& block : search.blocks) {
    const auto* const card = std::get_if<QuestionCard>(&block);
    if (card != nullptr) search.found.push_back({card->ref, card->label, section});
  }
  search.found.resize(2);
  search.found.push_back({"/data/cells/lawyer",
                          say("Cells 2: May the lawyer come in?", "Камеры 2: Войдёт ли адвокат?"),
                          say("Cells · 2", "Камеры · 2")});
  ChecklistModel nowhere = checklist(say);
  nowhere.search = say("weather", "погода");
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
  for (auto& [name, model] : sample_device_screens(say.russian(), texts)) {
    screens.emplace_back(name, Model{bare, std::move(model)});
  }
  // Drawn on by nobody; it only has to outlive the models.
  static SampleSketches sketches;
  for (auto& [name, model] : sample_question_screens(say.russian(), checklist(say), sketches)) {
    screens.emplace_back(name, Model{bare, std::move(model)});
  }
  for (auto& [name, model] : sample_states(say.russian(), checklist(say), texts, sketches)) {
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

Model sample_long_checklist(std::string_view language, int questions) {
  const Say say(language);
  ChecklistModel model = checklist(say);
  model.blocks.clear();
  for (int number = 0; number < questions; ++number) {
    QuestionCard card = number % 4 == 0   ? lawyer_told(say)
                        : number % 4 == 1 ? needs(say)
                        : number % 4 == 2 ? count(say)
                                          : story(say);
    card.ref = fmt::format("/data/q{}", number);
    for (std::size_t index = 0; index < card.rows.size(); ++index) {
      card.rows[index].ref = fmt::format("{}/{}", card.ref, index);
    }
    model.blocks.emplace_back(std::move(card));
  }
  return {chrome(language), model};
}

}  // namespace vigil::tablet
