// SPDX-License-Identifier: Apache-2.0
//
// Everything a person can ask for on the tablet. Drawing appends them; App::apply() is the one
// place that carries them out.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

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
struct AddRepeat {
  std::string ref;
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
struct OpenNote {
  std::string ref;
};
struct SetNote {
  std::string ref;
  std::string text;
};
struct Seal {};

}  // namespace command

using Command =
    std::variant<command::Unlock, command::Lock, command::ShowUnlock, command::Back,
                 command::ToggleMenu, command::ChooseLanguage, command::ChooseFormLanguage,
                 command::ChooseTheme, command::ChooseScale, command::Search, command::OpenVisit,
                 command::ReviewVisit, command::NewVisit, command::SetPlace, command::ChooseKind,
                 command::ToggleForm, command::CreateVisit, command::OpenRecord,
                 command::AddChecklist, command::ToggleRail, command::OpenSection, command::Jump,
                 command::GoTo, command::SetAnswer, command::SetNow, command::Undo,
                 command::AddRepeat, command::RemoveRepeat, command::ToggleLater,
                 command::ToggleFinding, command::OpenNote, command::SetNote, command::Seal>;
using Commands = std::vector<Command>;

}  // namespace vigil::tablet
