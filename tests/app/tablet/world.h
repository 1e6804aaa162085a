// SPDX-License-Identifier: Apache-2.0
//
// An office and an enrolled tablet with the police checklist, on a real disk.
#pragma once

#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/vault/vault.h"
#include "tests/app/tablet/robot.h"
#include "tests/support/run_program.h"

namespace vigil::test {

inline constexpr std::string_view kPassphrase = "seven lamps at the river";

// Making keys is slow, so it is done once and copied.
class World {
 public:
  World();
  [[nodiscard]] const std::string& tablet() const { return tablet_; }
  // The office that enrolled it, as it was then.
  [[nodiscard]] vault::VaultPointer open_office();
  [[nodiscard]] Files& files() { return front_ == nullptr ? *files_ : *front_; }
  // From now on files() is this. Outlives the programs started after.
  void put_in_front(Files& files) { front_ = &files; }
  [[nodiscard]] HandClock& clock() { return clock_; }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
  HandClock clock_;
  std::unique_ptr<Files> files_;
  Files* front_ = nullptr;
  std::string tablet_;
};

}  // namespace vigil::test
