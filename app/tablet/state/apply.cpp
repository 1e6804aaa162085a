// SPDX-License-Identifier: Apache-2.0
//
// The one place where commands are carried out.
#include "app/tablet/state/app.h"
#include "app/tablet/state/question_model.h"
#include "app/tablet/state/setting_names.h"
#include "app/tablet/state/sticks.h"
#include "core/vault/settings.h"

namespace vigil::tablet {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

// What can be asked for while no vault is open here; all else is dropped then: the screen that
// asked is gone.
template <typename T>
constexpr bool kWithoutVault =
    std::is_same_v<T, command::Unlock> || std::is_same_v<T, command::Lock> ||
    std::is_same_v<T, command::ShowUnlock> || std::is_same_v<T, command::Back> ||
    std::is_same_v<T, command::ToggleMenu> || std::is_same_v<T, command::ChooseLanguage> ||
    std::is_same_v<T, command::ChooseTheme> || std::is_same_v<T, command::ChooseScale> ||
    std::is_same_v<T, command::OpenEnrolment> || std::is_same_v<T, command::SetLabel> ||
    std::is_same_v<T, command::MakeVault>;

}  // namespace

void App::apply(const Command& command, ui::Kit& kit) {
  const bool may = std::visit(
      [&]<typename T>(const T&) { return vault_ != nullptr || kWithoutVault<T>; }, command);
  if (!may) return;
  touch();
  std::visit(
      Overloaded{[&](const command::Unlock&) { start_unlock(); },
                 [&](const command::Lock&) { lock(kit); },
                 [&](const command::ShowUnlock&) { screen_ = Screen::kUnlock; },
                 [&](const command::Back&) { go_back(); },
                 [&](const command::ToggleMenu&) { menu_open_ = !menu_open_; },
                 [&](const command::ChooseLanguage& choice) {
                   set_language(choice.code);
                   pages_.forget_sentences();
                   for (std::string* text : {&visit_.review_error, &unlock_.error}) text->clear();
                   keep_setting(vault::kLanguageSetting, options_.language);
                 },
                 [&](const command::ChooseFormLanguage& choice) {
                   keep_setting(kFormLanguageSetting, choice.name);
                   if (!checklist_) return;
                   ChecklistAnswers& answers = checklist_->answers;
                   report(answers.set_language(choice.name));
                   report(vault::set_language(*vault_, answers.stored().record(), choice.name));
                 },
                 [&](const command::ChooseTheme& choice) {
                   options_.dark = choice.dark;
                   keep_setting(kThemeSetting, choice.dark ? "dark" : "light");
                 },
                 [&](const command::ChooseScale& choice) {
                   options_.scale_percent = choice.percent;
                   keep_setting(kScaleSetting, std::to_string(choice.percent));
                 },
                 [&](const command::Search& search) { search_ = search.text; },
                 [&](const command::OpenVisit& open) { open_visit(vault::VisitId{open.visit}); },
                 [&](const command::ReviewVisit& of) { review(vault::VisitId{of.visit}, kit); },
                 [&](const command::NewVisit&) { screen_ = Screen::kNewVisit; },
                 [&](const command::SetPlace& place) {
                   draft_.place = draft_.looked_for = place.place;
                   keep_draft();
                 },
                 [&](const command::ChooseKind& kind) {
                   draft_.kind = kind.kind;
                   keep_draft();
                 },
                 [&](const command::ToggleForm& form) {
                   if (!draft_.forms.erase(form.form)) draft_.forms.insert(form.form);
                 },
                 [&](const command::CreateVisit&) { create_visit(); },
                 [&](const command::OpenRecord& open) {
                   from_review_ = false;
                   open_record(vault::RecordId{open.record});
                 },
                 [&](const command::AddChecklist& add) { add_checklist(add.form); },
                 [&](const command::ToggleRail&) {
                   if (checklist_) checklist_->answers.toggle_rail();
                 },
                 [&](const command::OpenSection& open) {
                   if (checklist_) answer(checklist_->answers.open_section(open.section), kit);
                 },
                 [&](const command::Jump& to) {
                   if (checklist_) answer(checklist_->answers.jump(to.to), kit);
                 },
                 [&](const command::FindQuestion& find) {
                   if (checklist_) checklist_->answers.find(find.text);
                 },
                 [&](const command::ShowQuestion& to) {
                   if (checklist_) answer(checklist_->answers.show_found(to.ref), kit);
                 },
                 [&](const command::GoTo& to) { go_to(vault::RecordId{to.record}, to.ref, kit); },
                 [&](const command::SetAnswer& to) {
                   if (checklist_) answer(checklist_->answers.set(to.ref, to.value), kit);
                 },
                 [&](const command::SetNow& now) {
                   if (checklist_) answer(checklist_->answers.set_now(now.ref), kit);
                 },
                 [&](const command::Undo&) { undo(kit); },
                 [&](const command::OnMedia& media) { on_media(media.asked, kit); },
                 [&](const command::AddRepeat& add) {
                   if (checklist_) answer(checklist_->answers.add_repeat(add.ref, false), kit);
                 },
                 [&](const command::DuplicateRepeat& add) {
                   if (checklist_) answer(checklist_->answers.add_repeat(add.ref, true), kit);
                 },
                 [&](const command::ShowRepeat& to) {
                   kit.reveal("repeat." + to.ref, ui::Reveal::kAtTop);
                 },
                 [&](const command::RemoveRepeat& remove) {
                   if (checklist_) report(checklist_->answers.remove_repeat(remove.ref));
                 },
                 [&](const command::ToggleLater& later) {
                   if (!checklist_) return;
                   report(checklist_->answers.toggle_flag(later.ref, vault::FlagKind::kLater));
                 },
                 [&](const command::ToggleFinding& finding) {
                   if (!checklist_) return;
                   report(checklist_->answers.toggle_flag(finding.ref, vault::FlagKind::kFinding));
                 },
                 [&](const command::ToggleUrgent& urgent) {
                   toggle_urgent(vault::RecordId{urgent.record}, urgent.ref);
                 },
                 [&](const command::OpenNote& note) {
                   if (!checklist_) return;
                   checklist_->answers.open_note(note.ref);
                   kit.focus("q." + note.ref + ".note-text");
                 },
                 [&](const command::SetNote& note) {
                   if (!checklist_) return;
                   ChecklistAnswers& answers = checklist_->answers;
                   report(answers.set_note(note.ref,
                                           note_with_photos(note.text, answers.note_of(note.ref))));
                 },
                 [&](const command::Seal&) { seal(); },
                 [&](const command::DiscardVisit& of) { discard(vault::VisitId{of.visit}); },
                 [&](const command::ToggleVisitChange&) { toggle_visit_change(); },
                 [&](const command::ChooseTeam& team) {
                   draft_.toggle_team(team.persons);
                   keep_draft();
                 },
                 [&](const command::ToggleTask& task) {
                   draft_.toggle_task(task.task);
                   keep_draft();
                 },
                 [&](const command::ChoosePlace& place) {
                   draft_.place = place.place;
                   keep_draft();
                 },
                 [&](const command::StartInterview& interview) { add_checklist(interview.form); },
                 [&](const command::OpenOutbox&) { open_outbox(); },
                 [&](const command::Send&) { send(); },
                 [&](const command::StopSending&) { sender_.stop(); },
                 [&](const command::CarryOut& out) {
                   carried(carry_out(words_, *vault_, host_.files,
                                     stick_folders(options_.media_roots), out.folder),
                           out.folder);
                 },
                 [&](const command::CarryIn& in) {
                   carried(carry_in(words_, *vault_, host_.files, in.folder), in.folder);
                 },
                 [&](const command::LookForSticks&) {},
                 [&](const command::SetHub& hub) { keep_setting(vault::kHubUrlSetting, hub.url); },
                 [&](const command::SetHubPin& hub) { set_hub_pin(hub.pin); },
                 [&](const command::TypeAnotherHub&) { pages_.hub.open = true; },
                 [&](const command::UseOfficeHub&) {
                   pages_.hub = {};
                   keep_setting(vault::kHubUrlSetting, "");
                   keep_setting(vault::kHubPinSetting, "");
                 },
                 [&](const command::ChooseKeyboard& choice) {
                   options_.keyboard = choice.mode;
                   keep_setting(kKeyboardSetting, keyboard_name(choice.mode));
                 },
                 [&](const command::OpenSettings&) { open_settings(); },
                 [&](const command::ChooseLockTime& time) {
                   options_.lock_after_ms = std::int64_t{1000} * time.seconds;
                   keep_setting(kLockAfterSetting, std::to_string(time.seconds));
                 },
                 [&](const command::ChooseCountry& country) {
                   office_.choose_country(country.code);
                   keep_setting(kCountrySetting, country.code);
                 },
                 [&](const command::TogglePassphraseChange&) {
                   pages_.change = {.open = !pages_.change.open, .done = false, .error = {}};
                   pages_.typed.clear();
                 },
                 [&](const command::ChangePassphrase&) { change_passphrase(); },
                 [&](const command::Panic&) { panic(kit); },
                 [&](const command::OpenEnrolment&) { open_enrolment(); },
                 [&](const command::SetLabel& label) { pages_.enrol.label = label.label; },
                 [&](const command::MakeVault&) { make_vault(); },
                 [&](const command::SaveRequest& save) { save_request(save.folder); },
                 [&](const command::ReadKit& kit_file) { read_kit(kit_file.path); },
                 [&](const command::AcceptKit&) { accept_kit(); },
                 [&](const command::RefuseKit&) {
                   pages_.enrol.kit.clear();
                   pages_.enrol.office_words.clear();
                 }},
      command);
}

}  // namespace vigil::tablet
