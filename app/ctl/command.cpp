// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include <unistd.h>

#include "core/base/json.h"
#include "core/trust/enrolment.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "platform/terminal.h"

namespace vigil::ctl {

void Outcome::finish(const Status& status) {
  if (status) return;
  exit_status = vigil::exit_status(status.error().kind);
  if (json) {
    const Json answer = Json::Object{{"error", Json::Object{{"code", status.error().code},
                                                            {"message", status.error().message}}}};
    std::fprintf(stderr, "%s\n", emit_json(answer).c_str());
  } else {
    std::fprintf(stderr, "vigilctl: %s\n", printable(status.error().message).c_str());
  }
}

void add_passphrase_options(CLI::App& command, PassphraseOptions& options,
                            const std::string& prefix) {
  command
      .add_option("--" + prefix + "passphrase-file", options.file,
                  "Read the passphrase from this file's first line")
      ->type_name("FILE");
  command
      .add_option("--" + prefix + "passphrase-fd", options.descriptor,
                  "Read the passphrase from this open file descriptor")
      ->type_name("N");
}

Result<crypto::SecretBytes> read_passphrase(const PassphraseOptions& options,
                                            const std::string& question, bool confirm) {
  Result<crypto::SecretBytes> passphrase = crypto::SecretBytes();
  if (!options.file.empty()) {
    VIGIL_ASSIGN(auto read, platform::read_passphrase_file(options.file));
    // For a person at a terminal; a program reads one error as JSON from there.
    if (!read.warning.empty() && ::isatty(STDERR_FILENO) == 1)
      std::fprintf(stderr, "vigilctl: %s\n", read.warning.c_str());
    passphrase = std::move(read.passphrase);
  } else if (options.descriptor >= 0) {
    passphrase = platform::read_passphrase_descriptor(options.descriptor);
  } else if (confirm) {
    passphrase = platform::ask_new_passphrase(question, "The same once more: ");
  } else {
    passphrase = platform::ask_passphrase(question);
  }
  if (passphrase && passphrase->empty()) {
    return fail(ErrorKind::kUsage, "passphrase.empty",
                "The passphrase is empty. Choose one of several words.");
  }
  return passphrase;
}

const Clock& clock() {
  static const std::unique_ptr<Clock> instance = platform::system_clock();
  return *instance;
}

Result<vault::VaultPointer> open_vault(const std::string& folder,
                                       const PassphraseOptions& options) {
  if (!vault::vault_exists({files(), clock()}, folder)) {
    return fail(ErrorKind::kNotFound, "vault.absent",
                "There is no vault in " + folder +
                    "; make one with `vigilctl device init` or `vigilctl office init`.");
  }
  VIGIL_ASSIGN(const auto passphrase,
               read_passphrase(options, "Passphrase for " + folder + ": ", false));
  return vault::open_vault({files(), clock()}, folder, passphrase);
}

bool confirmed(const std::string& question) {
  std::fprintf(stderr, "%s", question.c_str());
  std::fflush(stderr);
  std::array<char, 64> line{};
  if (!std::fgets(line.data(), line.size(), stdin)) return false;
  const std::string_view answer = line.data();
  return answer == "yes\n" || answer == "yes";
}

std::string key_words(const crypto::minisign::PublicKey& key) {
  // The other side's screen may speak either language.
  std::string rows;
  for (const auto language : {trust::WordLanguage::kEnglish, trust::WordLanguage::kRussian}) {
    if (!rows.empty()) rows += "\n\n";
    rows += "    ";
    std::string words = trust::fingerprint_text(key, language);
    while (words.ends_with('\n')) words.pop_back();
    for (const char c : words) {
      rows += c;
      if (c == '\n') rows += "    ";
    }
  }
  return rows;
}

void print_line(const std::string& text) {
  std::printf("%s\n", printable(text).c_str());
}

std::string one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

Files& files() {
  static const std::unique_ptr<Files> instance = platform::posix_files();
  return *instance;
}

}  // namespace vigil::ctl
