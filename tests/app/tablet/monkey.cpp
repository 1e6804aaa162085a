// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/monkey.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include <SDL2/SDL.h>

namespace vigil::test {

using tablet::MediaPage;

namespace {

// An address typed at random might reach beyond this machine.
bool is_out_of_bounds(std::string_view key) {
  return key == "settings.hub" || key == "settings.hub-pin";
}

// Does nothing when tapped, much when held.
bool is_held(std::string_view key) {
  return key == "seal.hold" || key == "visit.discard" || key == "settings.panic" ||
         key.starts_with("remove.") || key.ends_with(".remove");
}

constexpr std::array<const char*, 12> kScreenNames = {
    "unlock", "visits", "new visit", "visit",  "checklist", "review",
    "sealed", "hidden", "busy",      "outbox", "settings",  "enrolment"};
constexpr std::array<const char*, 7> kPageNames = {"camera", "mask",  "drawing",    "body map",
                                                   "sound",  "files", "code reader"};

}  // namespace

const std::vector<std::string>& all_screens() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names(kScreenNames.begin(), kScreenNames.end());
    names.insert(names.end(), kPageNames.begin(), kPageNames.end());
    for (const char* more :
         {"leaving dialog", "language menu", "own keyboard", "toast", "undo offered", "note open",
          "private interview", "repeat", "sources that disagree", "constraint message",
          "passphrase change", "office's words", "sealing unmended", "questions found"}) {
      names.emplace_back(more);
    }
    return names;
  }();
  return all;
}

std::string kind_of(const ui::Item& item) {
  std::string kind = item.key;
  if (item.role == ui::Role::kKey && kind.starts_with("keyboard.")) return "keyboard.*";
  if (kind.starts_with("visit.") && kind.ends_with(".open")) return "visit.*.open";
  if (const auto beside = kind.find(".beside-"); beside != std::string::npos) {
    return "q.*.beside" + kind.substr(kind.rfind('.'));
  }
  if (const auto slash = kind.rfind('/'); slash != std::string::npos) {
    // The one checklist has a question of each type: they are told apart. The other has many alike.
    const bool each = kind.find("/data/all/") != std::string::npos;
    const auto tail = kind.find('.', slash);
    // Sources disagree only where two of them are answered.
    const bool source =
        kind.find("/staff.") != std::string::npos || kind.find("/detainee.") != std::string::npos;
    if (source) return "q.*" + kind.substr(slash);
    const std::string name = each ? kind.substr(slash + 1, tail - slash - 1) : "*";
    const bool choice = item.role == ui::Role::kChoice && kind.starts_with("q.");
    const std::string rest = tail == std::string::npos ? "" : kind.substr(tail);
    kind = kind.substr(0, kind.find('/')) + name + (choice ? ".choice" : rest);
  }
  std::string plain;
  for (const char c : kind) {
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (!digit) plain += c;
    if (digit && (plain.empty() || plain.back() != 'N')) plain += 'N';
  }
  return plain;
}

void Monkey::look(const tablet::Model& model, const ui::Tree& tree) {
  const auto see = [&](const char* what) { ++seen_[what]; };
  see(kScreenNames.at(model.screen.index()));
  if (model.chrome.menu_open) see("language menu");
  if (!model.chrome.toast.empty()) see("toast");
  if (model.chrome.can_undo) see("undo offered");
  if (tree.find("keyboard") != nullptr) see("own keyboard");
  if (const auto* settings = std::get_if<tablet::SettingsModel>(&model.screen)) {
    if (settings->changing_passphrase) see("passphrase change");
  }
  if (const auto* enrol = std::get_if<tablet::EnrolModel>(&model.screen)) {
    if (!enrol->enrolled.empty() || !enrol->office_words.empty()) see("office's words");
  }
  if (const auto* review = std::get_if<tablet::ReviewModel>(&model.screen)) {
    if (!review->to_mend.empty()) see("sealing unmended");
  }
  if (const auto* visit = std::get_if<tablet::VisitModel>(&model.screen)) {
    if (!visit->interviews.empty()) see("private interview");
  }
  const auto* const checklist = std::get_if<tablet::ChecklistModel>(&model.screen);
  if (checklist == nullptr) return;
  if (checklist->media) {
    see(kPageNames.at(static_cast<std::size_t>(checklist->media->page)));
    if (checklist->media->leaving) see("leaving dialog");
    return;
  }
  if (checklist->mismatches > 0) see("sources that disagree");
  if (checklist->to_mend > 0) see("constraint message");
  if (!checklist->found.empty()) see("questions found");
  bool note = false;
  bool repeat = false;
  for (const tablet::Block& block : checklist->blocks) {
    const auto* const card = std::get_if<tablet::QuestionCard>(&block);
    note = note || (card != nullptr && card->note_open);
    repeat = repeat || std::holds_alternative<tablet::RepeatHeading>(block);
  }
  if (note) see("note open");
  if (repeat) see("repeat");
}

void Monkey::touch_something(Robot& robot,
                             const std::function<void(std::string_view)>& about_to_hold) {
  struct Target {
    std::string key;
    std::string kind;
  };
  std::vector<Target> targets;
  std::map<std::string, int> of_kind;
  for (const ui::Item& item : robot.tree().items) {
    if (!item.takes_taps || item.disabled) continue;
    if (is_out_of_bounds(item.key)) continue;
    targets.push_back({item.key, kind_of(item)});
    ++of_kind[targets.back().kind];
  }
  if (targets.empty()) return;
  std::vector<double> weights;
  weights.reserve(targets.size());
  for (const Target& target : targets) {
    weights.push_back(1.0 / (1 + touched_[target.kind]) / of_kind[target.kind]);
  }
  std::discrete_distribution<std::size_t> choose(weights.begin(), weights.end());
  const Target& target = targets[choose(random_)];
  const ui::Item* const item = bring(robot, target.key);
  if (item == nullptr) return;
  ++touched_[target.kind];
  if (is_held(target.key) && below(2) == 0) {
    about_to_hold(target.key);
    return robot.hold(target.key, 1600);
  }
  const ui::Point at = item->visible.centre();
  robot.swipe(at, at);
}

// nullptr where it does not come into sight: something is over the page.
const ui::Item* Monkey::bring(Robot& robot, const std::string& key) {
  constexpr int kMostTurns = 60;
  for (int turn = 0; turn < kMostTurns; ++turn) {
    const ui::Item* const item = robot.tree().find(key);
    if (item == nullptr || item->visible.height > 4) return item;
    const float before = item->rect.y;
    scroll(robot, before > 400 ? -3.0F : 3.0F);
    const ui::Item* const after = robot.tree().find(key);
    if (after == nullptr || after->rect.y == before) return nullptr;
  }
  return nullptr;
}

void Monkey::press(Robot& robot) {
  constexpr std::array kKeys = {SDLK_TAB,  SDLK_RETURN, SDLK_ESCAPE, SDLK_SPACE,   SDLK_BACKSPACE,
                                SDLK_LEFT, SDLK_RIGHT,  SDLK_UP,     SDLK_DOWN,    SDLK_HOME,
                                SDLK_END,  SDLK_PAGEUP, SDLK_DELETE, SDLK_PAGEDOWN};
  constexpr std::array kChords = {SDLK_z, SDLK_a, SDLK_c, SDLK_v, SDLK_x, SDLK_y};
  if (below(40) == 0) return robot.press_key(SDLK_F12);
  if (below(4) != 0) return robot.press_key(kKeys.at(below(kKeys.size())));
  SDL_Event event = {};
  event.type = SDL_KEYDOWN;
  event.key.keysym.sym = kChords.at(below(kChords.size()));
  event.key.keysym.mod = KMOD_CTRL;
  SDL_PushEvent(&event);
  robot.rest();
}

// Long pages hide most of what is on them.
void Monkey::scroll(Robot& robot, float lines) {
  SDL_Event event = {};
  event.type = SDL_MOUSEWHEEL;
  event.wheel.preciseY = lines;
  event.wheel.mouseX = robot.host().window().width() / 2;
  event.wheel.mouseY = robot.host().window().height() / 2;
  SDL_PushEvent(&event);
  robot.rest(16);
}

void Monkey::step(Robot& robot, const std::function<void(std::string_view)>& about_to_hold) {
  constexpr std::array kTexts = {"а", "7", "-", "К-47", "ң", "2026", "https://", "e", "'", "oʻ"};
  const auto width = static_cast<std::size_t>(robot.host().window().width());
  const auto height = static_cast<std::size_t>(robot.host().window().height());
  const auto anywhere = [&] {
    return ui::Point{static_cast<float>(below(width)), static_cast<float>(below(height))};
  };
  switch (below(12)) {
    case 0:
      return press(robot);
    case 1:
      return robot.type(kTexts.at(below(kTexts.size())));
    case 2: {
      if (below(2) == 0) return scroll(robot, static_cast<float>(below(61)) - 30);
      const ui::Point at = anywhere();
      return robot.swipe(at, at);
    }
    case 3: {
      // From the top edge it would hide everything: seldom.
      ui::Point from = anywhere();
      if (from.y < 80 && below(8) != 0) from.y += 200;
      return robot.swipe(from, anywhere());
    }
    case 4:
      // Seldom so long that the tablet locks itself.
      return robot.rest(below(100) == 0 ? 130'000 : static_cast<std::int64_t>(below(2000)));
    default:
      return touch_something(robot, about_to_hold);
  }
}

void Monkey::print() const {
  std::printf("seen:\n");
  for (const std::string& name : all_screens()) {
    const auto found = seen_.find(name);
    std::printf("  %6d %s\n", found == seen_.end() ? 0 : found->second, name.c_str());
  }
  std::printf("touched, by kind:\n");
  for (const auto& [kind, times] : touched_) std::printf("  %6d %s\n", times, kind.c_str());
}

}  // namespace vigil::test
