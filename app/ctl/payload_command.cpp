// SPDX-License-Identifier: Apache-2.0
//
// vigilctl payload encrypt|decrypt: plain age v1, file to file or pipe to pipe.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/ctl/command.h"
#include "app/ctl/identity_file.h"
#include "app/ctl/payload_streams.h"
#include "core/base/json.h"
#include "core/crypto/age.h"
#include "core/crypto/age_armor.h"
#include "core/crypto/age_encryptor.h"

namespace vigil::ctl {
namespace {

namespace age = crypto::age;

constexpr std::uint64_t kKeyFileLimitBytes = 1ULL << 20;
constexpr std::size_t kReadBytes = 64 * 1024;
constexpr int kDefaultLogN = 18;  // the stock tool's own: 256 MiB, about a second

struct PayloadOptions {
  std::string input;
  std::string output;
  std::vector<std::string> recipients;
  std::vector<std::string> recipient_files;
  std::vector<std::string> identity_files;
  PassphraseOptions passphrase;
  bool with_passphrase = false;
  bool armor = false;

  [[nodiscard]] bool passphrase_given() const {
    return !passphrase.file.empty() || passphrase.descriptor >= 0;
  }
};

Result<crypto::SecretBytes> passphrase_for(const PayloadOptions& options, bool confirm) {
  Result<crypto::SecretBytes> passphrase =
      read_passphrase(options.passphrase, "Passphrase: ", confirm);
  if (passphrase.has_value()) return passphrase;
  // Whatever kept it from us, the class of the failure is the same.
  Error error = std::move(passphrase).error();
  error.code = "age.passphrase";
  return std::unexpected(std::move(error));
}

Result<std::vector<age::Recipient>> read_recipients(const PayloadOptions& options) {
  std::vector<age::Recipient> recipients;
  const auto add = [&](std::string_view text) -> Status {
    VIGIL_ASSIGN(const age::Recipient recipient, age::parse_recipient(text));
    recipients.push_back(recipient);
    return {};
  };
  for (const std::string& text : options.recipients) VIGIL_TRY(add(text));
  for (const std::string& path : options.recipient_files) {
    VIGIL_ASSIGN(const Bytes content, files().read(path, kKeyFileLimitBytes));
    std::string_view rest = as_text(content);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty() && !line.starts_with('#')) VIGIL_TRY(add(line));
    }
  }
  return recipients;
}

Result<age::Encryptor> begin_encryption(const PayloadOptions& options, crypto::Sink& sink) {
  VIGIL_ASSIGN(const std::vector<age::Recipient> recipients, read_recipients(options));
  const bool with_passphrase = options.with_passphrase || options.passphrase_given();
  if (with_passphrase != recipients.empty())
    return fail(
        ErrorKind::kUsage, "payload.recipients",
        "Name whom the file is for with -r age1..., or lock it with --passphrase; not both.");
  if (!with_passphrase) return age::Encryptor::begin(recipients, sink);
  VIGIL_ASSIGN(const crypto::SecretBytes passphrase, passphrase_for(options, true));
  return age::Encryptor::begin(passphrase, kDefaultLogN, sink);
}

Status encrypt(const PayloadOptions& options) {
  VIGIL_ASSIGN(const auto input, open_input(options.input));
  VIGIL_ASSIGN(const auto output, Output::open(files(), options.output));
  age::ArmorSink armored(*output);
  crypto::Sink& sink = options.armor ? static_cast<crypto::Sink&>(armored) : *output;
  VIGIL_ASSIGN(age::Encryptor encryptor, begin_encryption(options, sink));
  Bytes buffer(kReadBytes);
  while (true) {
    VIGIL_ASSIGN(const std::size_t count, input->read(buffer));
    VIGIL_TRY(encryptor.write(ByteView(buffer).first(count)));
    if (count < buffer.size()) break;
  }
  crypto::wipe(buffer);
  VIGIL_TRY(encryptor.finish());
  if (options.armor) VIGIL_TRY(armored.finish());
  return output->commit();
}

Status decrypt(const PayloadOptions& options) {
  const bool input_is_standard = options.input.empty() || options.input == "-";
  if (std::ranges::count(options.identity_files, "-") + (input_is_standard ? 1 : 0) > 1)
    return fail(ErrorKind::kUsage, "payload.standard_input",
                "Only one thing can come from standard input: the file or one identity.");
  age::Keys keys;
  for (const std::string& path : options.identity_files) {
    VIGIL_ASSIGN(age::IdentityFile file, read_identity_file(path, options.passphrase));
    std::ranges::move(file.identities, std::back_inserter(keys.identities));
    keys.post_quantum_count += file.post_quantum_count;
  }
  if (options.passphrase_given()) {
    VIGIL_ASSIGN(keys.passphrase, passphrase_for(options, false));
  } else {
    keys.ask_passphrase = [&] { return passphrase_for(options, false); };
  }
  VIGIL_ASSIGN(const auto input, open_input(options.input));
  VIGIL_ASSIGN(const auto output, Output::open(files(), options.output));
  const Status done = age::decrypt_maybe_armored(keys, *input, *output);
  // Standard output keeps the authenticated part, as the stock tool does; a file keeps nothing.
  if (!done.has_value()) return done;
  return output->commit();
}

// Failures of age's own kinds name their class where a program listens.
void finish(Outcome& outcome, const Status& status) {
  const std::optional<age::Failure> failure =
      status.has_value() ? std::nullopt : age::failure_of(status.error());
  if (!outcome.json || !failure.has_value()) {
    outcome.finish(status);
    return;
  }
  const Json answer = Json::Object{{"error", Json::Object{{"class", age::to_string(*failure)},
                                                          {"message", status.error().message}}}};
  std::fprintf(stderr, "%s\n", emit_json(answer).c_str());
  outcome.exit_status = exit_status(status.error().kind);
}

}  // namespace

void add_payload_command(CLI::App& app, Outcome& outcome) {
  CLI::App* payload =
      app.add_subcommand("payload", "Encrypt and decrypt plain age v1 files, as `age` does");
  payload->require_subcommand(1);
  const auto options = std::make_shared<PayloadOptions>();
  const auto add_files = [&](CLI::App& command) {
    command.add_option("FILE", options->input, "What to read; standard input when absent");
    command.add_option("-o,--output", options->output,
                       "What to write; standard output when absent");
    add_passphrase_options(command, options->passphrase);
  };

  CLI::App* lock = payload->add_subcommand("encrypt", "Encrypt to recipients or a passphrase");
  add_files(*lock);
  // One value each time: what follows is the file, as for the stock tool.
  lock->add_option("-r,--recipient", options->recipients, "An age1... key; may be repeated")
      ->type_name("AGE1...")
      ->allow_extra_args(false);
  lock->add_option("-R,--recipients-file", options->recipient_files,
                   "A file of such keys; may be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  lock->add_flag("-p,--passphrase", options->with_passphrase, "Lock with a passphrase instead");
  lock->add_flag("-a,--armor", options->armor, "Write text (ASCII armor)");
  lock->callback([=, &outcome] { finish(outcome, encrypt(*options)); });

  CLI::App* unlock = payload->add_subcommand("decrypt", "Decrypt with identities or a passphrase");
  add_files(*unlock);
  unlock
      ->add_option("-i,--identity", options->identity_files,
                   "An identity file, or - for standard input; may be repeated, may itself be "
                   "locked with a passphrase")
      ->type_name("FILE")
      ->allow_extra_args(false);
  unlock->callback([=, &outcome] { finish(outcome, decrypt(*options)); });
}

}  // namespace vigil::ctl
