// SPDX-License-Identifier: Apache-2.0
//
// What every vigilctl command shares: how it reports, and how it is given passphrases. A command
// file has one public function, `void add_NAME_command(CLI::App& app, Outcome& outcome)`, which
// declares its options and a callback that ends with outcome.finish(...).
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/crypto/minisign.h"
#include "core/crypto/secret_bytes.h"
#include "core/vault/vault.h"

namespace CLI {
class App;
}

namespace vigil::ctl {

// How the program ends. finish() prints an error as one line on standard error, or as
// {"error":{"code","message"}} there when --json was given, and sets the exit status.
struct Outcome {
  bool json = false;
  int exit_status = 0;

  void finish(const Status& status);
  // The answer is no, and the command has already said why (form check).
  void answer_no() { exit_status = 1; }
};

// Where a passphrase comes from: never from an argument or the environment.
struct PassphraseOptions {
  std::string file;
  int descriptor = -1;
};
// Adds --passphrase-file and --passphrase-fd; `prefix` ("new-") names a second passphrase.
void add_passphrase_options(CLI::App& command, PassphraseOptions& options,
                            const std::string& prefix = "");
// Reads it from where the options say, else asks on the terminal with `question`. `confirm` asks
// twice. kUsage when there is no terminal and no option.
[[nodiscard]] Result<crypto::SecretBytes> read_passphrase(const PassphraseOptions& options,
                                                          const std::string& question,
                                                          bool confirm);

// The one Files and Clock of this program.
[[nodiscard]] Files& files();
[[nodiscard]] const Clock& clock();

// Opens the vault in `folder` with the passphrase that `options` give. Fails as
// vault::open_vault().
[[nodiscard]] Result<vault::VaultPointer> open_vault(const std::string& folder,
                                                     const PassphraseOptions& options);

// Asks on the terminal; true only for "yes".
[[nodiscard]] bool confirmed(const std::string& question);

// A key's fingerprint as four indented rows of words in English and, after an empty line, four in
// Russian, without a newline at the end.
[[nodiscard]] std::string key_words(const crypto::minisign::PublicKey& key);

// A tablet's signed word on how many bundles it has sealed (core/trust/event.h).
[[nodiscard]] Result<std::string> heartbeat_text(vault::Vault& vault);

// One line on standard output; what would steer the terminal is replaced (printable()).
void print_line(const std::string& text);
// Text that others typed, for a place where a line break would forge a line.
[[nodiscard]] std::string one_line(std::string_view text);

void add_form_command(CLI::App& app, Outcome& outcome);
void add_xpath_command(CLI::App& app, Outcome& outcome);
void add_payload_command(CLI::App& app, Outcome& outcome);
void add_signature_command(CLI::App& app, Outcome& outcome);
void add_office_command(CLI::App& app, Outcome& outcome);
void add_policy_command(CLI::App& app, Outcome& outcome);  // after add_office_command()
void add_device_command(CLI::App& app, Outcome& outcome);
void add_rescue_command(CLI::App& app, Outcome& outcome);  // after add_device_command()
void add_visit_command(CLI::App& app, Outcome& outcome);
void add_push_command(CLI::App& app, Outcome& outcome);
void add_pull_command(CLI::App& app, Outcome& outcome);
void add_stick_command(CLI::App& app, Outcome& outcome);
void add_import_command(CLI::App& app, Outcome& outcome);
void add_export_command(CLI::App& app, Outcome& outcome);
void add_evidence_command(CLI::App& app, Outcome& outcome);
void add_event_command(CLI::App& app, Outcome& outcome);
void add_keys_command(CLI::App& app, Outcome& outcome);

}  // namespace vigil::ctl
