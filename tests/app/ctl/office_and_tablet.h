// SPDX-License-Identifier: Apache-2.0
//
// An office and a tablet enrolled with it, made once for all tests of a suite by the real program.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/run_program.h"

namespace vigil {

class OfficeAndTablet : public testing::Test {
 protected:
  // `form_xml` is the only checklist: round.xml.
  static void make(std::string_view form_xml);
  static void TearDownTestSuite() { folder_.reset(); }

  static test::ProgramResult run(std::vector<std::string> arguments);
  // Must succeed; what it wrote.
  static std::string ok(std::vector<std::string> arguments);
  static nlohmann::json ask(std::vector<std::string> arguments);
  static std::string new_visit(const std::vector<std::string>& forms);
  // The sealed file.
  static std::string seal(const std::string& visit);
  static std::string seal_and_import(const std::string& visit);

  static std::unique_ptr<test::TemporaryFolder> folder_;
};

}  // namespace vigil
