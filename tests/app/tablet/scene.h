// SPDX-License-Identifier: Apache-2.0
//
// An enrolled tablet under a scripted finger, in a language of choice.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "app/tablet/state/app.h"
#include "tests/app/tablet/world.h"

namespace vigil::tablet {

class Scene : public testing::Test {
 protected:
  explicit Scene(std::string language = "ru");

  // The program started anew over the same folder, as after a crash: nothing is told to the old
  // one.
  void start_again();
  void unlock(std::string_view passphrase = test::kPassphrase);
  // Until no worker has the vault and nothing is being sent.
  void settle();
  void start_visit();
  void type_into(const std::string& key, std::string_view text);
  // From the last section to a sealed visit; returns its code.
  std::string seal();
  // A stick with this name, empty.
  std::string plug_in(const std::string& name);

  test::World world_;
  AppOptions options_;
  std::optional<App> app_;
  std::optional<test::Robot> robot_;
};

}  // namespace vigil::tablet
