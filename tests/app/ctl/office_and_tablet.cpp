// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/office_and_tablet.h"

namespace vigil {

std::unique_ptr<test::TemporaryFolder> OfficeAndTablet::folder_;

void OfficeAndTablet::make(std::string_view form_xml) {
  folder_ = std::make_unique<test::TemporaryFolder>();
  folder_->put("known", as_bytes("nine loud geese\n"));
  folder_->put("round.xml", as_bytes(form_xml));
  ok({"office", "init", "office", "--name", "demo", "--light"});
  ok({"device", "init", "tablet", "--label", "tablet-1", "--light"});
  ok({"device", "request", "tablet", "-o", "request"});
  ok({"office", "approve", "office", "request", "--compared"});
  ok({"office", "add-form", "office", "round.xml"});
  ok({"office", "kit", "office", "-o", "office.kit"});
  ok({"device", "accept", "tablet", "office.kit", "--root", "office/root.pub"});
}

test::ProgramResult OfficeAndTablet::run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), VIGIL_BIN_DIR "/vigilctl");
  arguments.insert(arguments.end(), {"--passphrase-file", "known"});
  return test::run_program(arguments, {}, folder_->path());
}

std::string OfficeAndTablet::ok(std::vector<std::string> arguments) {
  const std::string name = arguments[0] + " " + arguments[1];
  const auto done = run(std::move(arguments));
  EXPECT_EQ(done.exit_status, 0) << name << ": " << done.errors;
  return done.output;
}

nlohmann::json OfficeAndTablet::ask(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "--json");
  return nlohmann::json::parse(ok(std::move(arguments)));
}

std::string OfficeAndTablet::new_visit(const std::vector<std::string>& forms) {
  std::vector<std::string> arguments{"visit", "new", "tablet"};
  for (const std::string& form : forms) arguments.insert(arguments.end(), {"--form", form});
  return ask(arguments)["visit"];
}

std::string OfficeAndTablet::seal(const std::string& visit) {
  return ask({"visit", "finalise", "tablet", visit, "--allow-missing"})["path"];
}

std::string OfficeAndTablet::seal_and_import(const std::string& visit) {
  const std::string path = seal(visit);
  ok({"import", "office", path});
  return path;
}

}  // namespace vigil
