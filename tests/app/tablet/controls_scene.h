// SPDX-License-Identifier: Apache-2.0
//
// A visit with a question of every type, begun in English.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/vault/attachments.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {

class ControlsScene : public Scene {
 protected:
  ControlsScene();
  ~ControlsScene() override;

  static std::string q(std::string_view name) { return "q./data/all/" + std::string(name); }
  // As the vault has it. Requires: the program has locked it.
  std::string stored(std::string_view name);
  std::vector<vault::Attachment> files_of(std::string_view name);
  [[nodiscard]] vault::VaultPointer open_tablet();
  void lock() { robot_->tap("top.lock"); }
  // The name of the first photo beside the answer; "" where there is none.
  std::string photo_beside(std::string_view name);
  void wait_for(const std::string& key);
  void take_photo(const std::string& opener);
  void draw_on(const std::string& opener);
  void record_sound(const std::string& opener);

 private:
  void install();
};

}  // namespace vigil::tablet
