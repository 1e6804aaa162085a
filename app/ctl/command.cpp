// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/command.h"

#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>

#include "core/base/json.h"
#include "platform/posix_files.h"
#include "platform/terminal.h"

namespace vigil::ctl {

void Outcome::finish(const Status& status) {
  if (status) return;
  exit_status = vigil::exit_status(status.error().kind);
  if (json) {
    const Json answer = Json::Object{
        {"error", Json::Object{{"code", status.error().code}, {"message", status.error().message}}}};
    std::fprintf(stderr, "%s\n", emit_json(answer).c_str());
  } else {
    std::fprintf(stderr, "vigilctl: %s\n", status.error().message.c_str());
  }
}

void add_passphrase_options(CLI::App& command, PassphraseOptions& options,
                            const std::string& prefix) {
  command.add_option("--" + prefix + "passphrase-file", options.file,
                     "Read the passphrase from this file's first line")
      ->type_name("FILE");
  command.add_option("--" + prefix + "passphrase-fd", options.descriptor,
                     "Read the passphrase from this open file descriptor")
      ->type_name("N");
}

Result<crypto::SecretBytes> read_passphrase(const PassphraseOptions& options,
                                            const std::string& question, bool confirm) {
  Result<crypto::SecretBytes> passphrase = crypto::SecretBytes();
  if (!options.file.empty()) {
    passphrase = platform::read_passphrase_file(options.file);
  } else if (options.descriptor >= 0) {
    passphrase = platform::read_passphrase_descriptor(options.descriptor);
  } else {
    passphrase = platform::ask_passphrase(question);
    if (passphrase && confirm) {
      VIGIL_ASSIGN(const auto again, platform::ask_passphrase("The same once more: "));
      if (!crypto::equal_secrets(passphrase->view(), again.view())) {
        return fail(ErrorKind::kUsage, "passphrase.differs",
                    "The two passphrases differ. Try again.");
      }
    }
  }
  if (passphrase && passphrase->empty()) {
    return fail(ErrorKind::kUsage, "passphrase.empty",
                "The passphrase is empty. Choose one of several words.");
  }
  return passphrase;
}

Files& files() {
  static const std::unique_ptr<Files> instance = platform::posix_files();
  return *instance;
}

}  // namespace vigil::ctl
