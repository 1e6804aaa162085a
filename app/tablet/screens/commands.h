// SPDX-License-Identifier: Apache-2.0
//
// Everything a person can ask for on the tablet. Drawing appends them; App::apply() is the one
// place that carries them out.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/tablet/screens/media_commands.h"
#include "app/ui/keyboard.h"

namespace vigil::tablet {

namespace command {

struct Unlock {};
struct Lock {};        // the neutral screen, and the keys gone
struct ShowUnlock {};  // from the neutral screen
struct Back {};
struct ToggleMenu {};
struct ChooseLanguage {
  std::string code;
};
struct ChooseFormLanguage {
  std::string name;
};
struct ChooseTheme {
  bool dark = false;
};
struct ChooseScale {
  int percent = 100;
};
struct Search {
  std::string text;
};
struct OpenVisit {
  std::int64_t visit = 0;
};
struct ReviewVisit {
  std::int64_t visit = 0;
};
struct NewVisit {};
struct SetPlace {
  std::string place;
};
struct ChooseKind {
  std::string kind;
};
struct ToggleForm {
  std::string form;
};
struct CreateVisit {};
struct OpenRecord {
  std::int64_t record = 0;
};
struct AddChecklist {
  std::string form;
};
struct ToggleRail {};
struct OpenSection {
  std::size_t section = 0;
};
// The next question of a kind, over all sections.
struct Jump {
  enum class To { kToMend, kMismatch, kLater };
  To to = To::kToMend;
};
// In the open checklist, by words of its questions; "" ends it.
struct FindQuestion {
  std::string text;
};
struct ShowQuestion {
  std::string ref;
};
struct GoTo {
  std::int64_t record = 0;
  std::string ref;
};
struct SetAnswer {
  std::string ref;
  std::string value;  // "" clears
};
struct SetNow {
  std::string ref;
};
struct Undo {};
// Something on a page of media_model.h, or on the question that leads there.
struct OnMedia {
  MediaCommand asked;
};
struct AddRepeat {
  std::string ref;
};
struct DuplicateRepeat {
  std::string ref;  // of the range
};
struct ShowRepeat {
  std::string ref;  // of the instance
};
struct RemoveRepeat {
  std::string ref;
};
struct ToggleLater {
  std::string ref;
};
struct ToggleFinding {
  std::string ref;
};
struct ToggleUrgent {  // of a finding, on the page of the visit
  std::int64_t record = 0;
  std::string ref;
};
struct OpenNote {
  std::string ref;
};
struct SetNote {
  std::string ref;
  std::string text;
};
struct Seal {};
struct DiscardVisit {
  std::int64_t visit = 0;
};

// What a visit knows beside its checklists.
// What an open visit is can be changed on its page: every change is kept at once.
struct ToggleVisitChange {};
struct ChooseTeam {
  int persons = 0;
};
struct ToggleTask {
  std::string task;
};
struct ChoosePlace {  // from the inventory of the kit
  std::string place;
};

// A private interview: one person, a checklist of its own.
struct StartInterview {
  std::string form;
};

// What waits to be sent.
struct OpenOutbox {};
struct Send {};
struct StopSending {};
struct CarryOut {
  std::string folder;
};
struct CarryIn {
  std::string folder;
};
struct LookForSticks {};
struct SetHub {
  std::string url;
};
struct SetHubPin {
  std::string pin;
};
// Where the office's kit names a hub: type another one all the same, and back.
struct TypeAnotherHub {};
struct UseOfficeHub {};

// Settings and about.
struct OpenSettings {};
struct ChooseLockTime {
  int seconds = 0;
};
struct ChooseKeyboard {
  ui::KeyboardMode mode = ui::KeyboardMode::kAuto;
};
struct ChooseCountry {
  std::string code;
};
struct TogglePassphraseChange {};
struct ChangePassphrase {};
struct Panic {};

// Enrolment.
struct OpenEnrolment {};
struct SetLabel {
  std::string label;
};
struct MakeVault {};
struct SaveRequest {
  std::string folder;
};
struct ReadKit {
  std::string path;
};
struct AcceptKit {};
struct RefuseKit {};

}  // namespace command

using Command = std::variant<
    command::Unlock, command::Lock, command::ShowUnlock, command::Back, command::ToggleMenu,
    command::ChooseLanguage, command::ChooseFormLanguage, command::ChooseTheme,
    command::ChooseScale, command::Search, command::OpenVisit, command::ReviewVisit,
    command::NewVisit, command::SetPlace, command::ChooseKind, command::ToggleForm,
    command::CreateVisit, command::OpenRecord, command::AddChecklist, command::ToggleRail,
    command::OpenSection, command::Jump, command::FindQuestion, command::ShowQuestion,
    command::GoTo, command::SetAnswer, command::SetNow, command::Undo, command::OnMedia,
    command::AddRepeat, command::DuplicateRepeat, command::RemoveRepeat, command::ShowRepeat,
    command::ToggleLater, command::ToggleFinding, command::ToggleUrgent, command::OpenNote,
    command::SetNote, command::Seal, command::DiscardVisit, command::ToggleVisitChange,
    command::ChooseTeam, command::ToggleTask, command::ChoosePlace, command::StartInterview,
    command::OpenOutbox, command::Send, command::StopSending, command::CarryOut, command::CarryIn,
    command::LookForSticks, command::SetHub, command::SetHubPin, command::TypeAnotherHub,
    command::UseOfficeHub, command::ChooseKeyboard, command::OpenSettings, command::ChooseLockTime,
    command::ChooseCountry, command::TogglePassphraseChange, command::ChangePassphrase,
    command::Panic, command::OpenEnrolment, command::SetLabel, command::MakeVault,
    command::SaveRequest, command::ReadKit, command::AcceptKit, command::RefuseKit>;
using Commands = std::vector<Command>;

}  // namespace vigil::tablet
