// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/identity_file.h"

#include <algorithm>

#include "app/ctl/payload_streams.h"
#include "core/crypto/age_armor.h"

namespace vigil::ctl {
namespace {

namespace age = crypto::age;

constexpr std::size_t kFileLimitBytes = 1 << 20;  // some thousand keys, with comments

// A growing secret: what an encrypted identity file holds.
class SecretSink final : public crypto::Sink {
 public:
  Status write(ByteView more) override {
    if (secret.size() + more.size() > kFileLimitBytes)
      return fail(ErrorKind::kInvalid, "age.identity", "The identity file is too large.");
    crypto::SecretBytes joined(secret.size() + more.size());
    std::ranges::copy(secret.view(), joined.writable().begin());
    std::ranges::copy(more, joined.writable().begin() + static_cast<std::ptrdiff_t>(secret.size()));
    secret = std::move(joined);
    return {};
  }
  crypto::SecretBytes secret;
};

Result<Bytes> read_standard_input() {
  VIGIL_ASSIGN(const auto input, open_input("-"));
  Bytes content(kFileLimitBytes + 1);
  VIGIL_ASSIGN(const std::size_t count, input->read(content));
  if (count > kFileLimitBytes)
    return fail(ErrorKind::kInvalid, "age.identity", "The identity file is too large.");
  content.resize(count);
  return content;
}

}  // namespace

Result<age::IdentityFile> read_identity_file(const std::string& path,
                                             const PassphraseOptions& passphrase) {
  VIGIL_ASSIGN(Bytes content,
               path == "-" ? read_standard_input() : files().read(path, kFileLimitBytes));
  const std::string_view text = as_text(content);
  const bool locked = text.starts_with("age-encryption.org/") || text.starts_with(age::kArmorBegin);
  if (!locked) {
    Result<age::IdentityFile> plain = age::parse_identity_file(content);
    crypto::wipe(content);
    return plain;
  }
  age::Keys keys;
  keys.ask_passphrase = [&] { return read_passphrase(passphrase, "Passphrase: ", false); };
  crypto::BytesSource source(content);
  SecretSink sink;
  VIGIL_TRY(age::decrypt_maybe_armored(keys, source, sink));
  return age::parse_identity_file(sink.secret.view());
}

}  // namespace vigil::ctl
