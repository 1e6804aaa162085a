// SPDX-License-Identifier: Apache-2.0
//
// vigilctl signature generate|sign|verify: minisign keys and signatures, the strict kind only.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "app/ctl/command.h"
#include "app/ctl/payload_streams.h"
#include "core/base/json.h"
#include "core/crypto/minisign.h"

namespace vigil::ctl {
namespace {

namespace minisign = crypto::minisign;

constexpr std::uint64_t kKeyFileLimitBytes = 4096;
constexpr std::uint64_t kSignatureLimitBytes = 16 * 1024;
constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::uint64_t kKeyMemoryBytes = 1ULL << 30;  // what the stock tool takes

struct SignatureOptions {
  std::string input;
  std::string signature;
  std::string public_file;
  std::string public_text;
  std::string secret_file;
  std::string comment;
  PassphraseOptions passphrase;
  bool without_passphrase = false;

  [[nodiscard]] std::string signature_path() const {
    return signature.empty() ? input + ".minisig" : signature;
  }
};

Result<crypto::Blake2b512> digest_of(const std::string& path) {
  VIGIL_ASSIGN(const auto input, open_input(path));
  crypto::Blake2b512Stream digest;
  Bytes buffer(kReadBytes);
  while (true) {
    VIGIL_ASSIGN(const std::size_t count, input->read(buffer));
    digest.update(ByteView(buffer).first(count));
    if (count < buffer.size()) return digest.finish();
  }
}

Status generate(const SignatureOptions& options) {
  if (files().exists(options.secret_file))
    return fail(ErrorKind::kConflict, "signature.exists",
                "The file " + options.secret_file + " is there already and is not overwritten.");
  crypto::SecretBytes passphrase;
  if (!options.without_passphrase) {
    VIGIL_ASSIGN(passphrase, read_passphrase(options.passphrase, "Passphrase for the key: ", true));
  }
  const minisign::SecretKey key = minisign::SecretKey::generate();
  VIGIL_ASSIGN(const crypto::SecretBytes file, key.to_file(passphrase, kKeyMemoryBytes));
  VIGIL_TRY(files().write_atomically(options.secret_file, file.view(), true));
  const std::string public_file =
      minisign::public_key_file(key.public_key(), "minisign public key made by Vigil");
  return files().write_atomically(options.public_file, as_bytes(public_file), false);
}

Result<minisign::SecretKey> read_secret_key(const SignatureOptions& options) {
  VIGIL_ASSIGN(Bytes content, files().read(options.secret_file, kKeyFileLimitBytes));
  crypto::SecretBytes passphrase;
  if (minisign::SecretKey::file_has_passphrase(content)) {
    VIGIL_ASSIGN(passphrase, read_passphrase(options.passphrase, "Passphrase of the key: ", false));
  }
  Result<minisign::SecretKey> key = minisign::SecretKey::from_file(content, passphrase);
  crypto::wipe(content);
  return key;
}

Status sign(const SignatureOptions& options) {
  VIGIL_ASSIGN(const minisign::SecretKey key, read_secret_key(options));
  VIGIL_ASSIGN(const crypto::Blake2b512 digest, digest_of(options.input));
  const std::string comment =
      options.comment.empty()
          ? "file:" + options.input.substr(options.input.rfind('/') + 1) + "\thashed"
          : options.comment;
  if (!minisign::is_trusted_comment(comment))
    return fail(ErrorKind::kUsage, "signature.comment",
                "The trusted comment must be one line of printable text, up to 8,000 bytes.");
  const std::string text = minisign::sign(key, digest, comment);
  return files().write_atomically(options.signature_path(), as_bytes(text), false);
}

Result<minisign::PublicKey> read_public_key(const SignatureOptions& options) {
  if (options.public_file.empty() == options.public_text.empty())
    return fail(ErrorKind::kUsage, "signature.key",
                "Give the signer's key: its file with -p, or the key itself with -P.");
  if (!options.public_text.empty()) return minisign::parse_public_key(options.public_text);
  VIGIL_ASSIGN(const Bytes content, files().read(options.public_file, kKeyFileLimitBytes));
  return minisign::parse_public_key_file(content);
}

Status verify(const SignatureOptions& options, const Outcome& outcome) {
  VIGIL_ASSIGN(const minisign::PublicKey key, read_public_key(options));
  VIGIL_ASSIGN(const Bytes signature, files().read(options.signature_path(), kSignatureLimitBytes));
  VIGIL_ASSIGN(const crypto::Blake2b512 digest, digest_of(options.input));
  VIGIL_ASSIGN(const std::string comment,
               minisign::verify(key, digest, as_text(signature), minisign::UntrustedComment::kAny));
  if (outcome.json) {
    print_line(emit_json(Json::Object{{"verified", true}, {"trusted_comment", comment}}));
  } else {
    print_line(one_line("The signature holds. Trusted comment: " + comment));
  }
  return {};
}

}  // namespace

void add_signature_command(CLI::App& app, Outcome& outcome) {
  CLI::App* signature =
      app.add_subcommand("signature", "Make and check signatures, as `minisign` does");
  signature->require_subcommand(1);
  const auto options = std::make_shared<SignatureOptions>();
  const auto add_file = [&](CLI::App& command) {
    command.add_option("FILE", options->input, "The signed file")->required();
    command.add_option("-x,--signature", options->signature,
                       "The signature's file; FILE.minisig when absent");
  };

  CLI::App* make = signature->add_subcommand("generate", "Make a key pair");
  make->add_option("-p,--public-key", options->public_file, "Where the public key goes")
      ->required();
  make->add_option("-s,--secret-key", options->secret_file, "Where the secret key goes")
      ->required();
  make->add_flag("-W,--without-passphrase", options->without_passphrase,
                 "Leave the secret key unprotected");
  add_passphrase_options(*make, options->passphrase);
  make->callback([=, &outcome] { outcome.finish(generate(*options)); });

  CLI::App* put = signature->add_subcommand("sign", "Sign a file");
  add_file(*put);
  put->add_option("-s,--secret-key", options->secret_file, "The signer's secret key")->required();
  put->add_option("-t,--trusted-comment", options->comment, "One line that is signed too");
  add_passphrase_options(*put, options->passphrase);
  put->callback([=, &outcome] { outcome.finish(sign(*options)); });

  CLI::App* check = signature->add_subcommand("verify", "Check a file's signature");
  add_file(*check);
  check->add_option("-p,--public-key", options->public_file, "The signer's public key file");
  check->add_option("-P,--public-key-text", options->public_text, "The signer's public key");
  check->callback([=, &outcome] { outcome.finish(verify(*options, outcome)); });
}

}  // namespace vigil::ctl
