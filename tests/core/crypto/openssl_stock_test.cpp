// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL agrees: on the digests, on the Ed25519 signature inside a minisign file, and the other
// way round on one that it made.
#include <gtest/gtest.h>

#include "core/crypto/hash.h"
#include "core/crypto/minisign.h"
#include "tests/support/run_program.h"

namespace vigil::crypto {
namespace {

// The DER of an Ed25519 public key before its 32 bytes (RFC 8410, section 4).
constexpr std::string_view kPublicKeyStart = "302a300506032b6570032100";
constexpr std::size_t kPointBytes = 32;
constexpr std::size_t kSignatureStart = 10;  // algorithm and key number

std::string line_of(std::string_view text, int number) {
  for (; number > 0; --number) text.remove_prefix(text.find('\n') + 1);
  return std::string(text.substr(0, text.find('\n')));
}

Bytes joined(ByteView first, ByteView second) {
  Bytes out(first.begin(), first.end());
  out.insert(out.end(), second.begin(), second.end());
  return out;
}

TEST(OpenSsl, FindsTheSameDigests) {
  const test::TemporaryFolder folder;
  Bytes content(100'000, 7);
  const std::string path = folder.put("content", content);
  for (const auto& [name, ours] : {std::pair{"-blake2b512", hex_encode(blake2b_512(content))},
                                   std::pair{"-sha256", hex_encode(sha256(content))}}) {
    const auto theirs = test::run_program({"openssl", "dgst", name, "-r", path});
    ASSERT_EQ(theirs.exit_status, 0) << theirs.errors;
    EXPECT_EQ(theirs.output.substr(0, ours.size()), ours) << name;
  }
}

TEST(OpenSsl, VerifiesTheSignatureInAMinisignFile) {
  const test::TemporaryFolder folder;
  const auto key = minisign::SecretKey::generate();
  const Blake2b512 digest = blake2b_512(as_bytes("a manifest"));
  const std::string file = minisign::sign(key, digest, "comment");
  const Bytes line = base64_decode(line_of(file, 1)).value();
  const ByteView signature = ByteView(line).subspan(kSignatureStart);
  folder.put("key", joined(hex_decode(kPublicKeyStart).value(), key.public_key().point));
  folder.put("digest", digest);
  folder.put("signature", signature);
  const auto verify = [&] {
    return test::run_program(
               {"openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key", "-keyform", "DER",
                "-rawin", "-in", "digest", "-sigfile", "signature"},
               {}, folder.path())
        .exit_status;
  };
  EXPECT_EQ(verify(), 0);
  // The second signature covers the first and the comment.
  const Bytes global = base64_decode(line_of(file, 3)).value();
  folder.put("digest", joined(signature, as_bytes("comment")));
  folder.put("signature", global);
  EXPECT_EQ(verify(), 0);
  folder.put("digest", joined(signature, as_bytes("komment")));
  EXPECT_NE(verify(), 0);
}

TEST(OpenSsl, MakesASignatureThatWeVerify) {
  const test::TemporaryFolder folder;
  const auto openssl = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "openssl");
    const auto ran = test::run_program(arguments, {}, folder.path());
    EXPECT_EQ(ran.exit_status, 0) << ran.errors;
  };
  const auto sign = [&](ByteView message) {
    folder.put("message", message);
    openssl({"pkeyutl", "-sign", "-inkey", "secret", "-rawin", "-in", "message", "-out", "made"});
    return folder.get("made");
  };
  openssl({"genpkey", "-algorithm", "ed25519", "-out", "secret"});
  openssl({"pkey", "-in", "secret", "-pubout", "-outform", "DER", "-out", "public"});
  const Bytes der = folder.get("public");
  ASSERT_GE(der.size(), kPointBytes);
  minisign::PublicKey key;
  key.key_number.fill(1);
  std::copy_n(der.end() - kPointBytes, kPointBytes, key.point.begin());
  const Blake2b512 digest = blake2b_512(as_bytes("a manifest"));
  const Bytes signature = sign(digest);
  const Bytes global = sign(joined(signature, as_bytes("by openssl")));
  const Bytes start = joined(as_bytes("ED"), key.key_number);
  const std::string file = "untrusted comment: signature by Vigil\n" +
                           base64_encode(joined(start, signature)) +
                           "\ntrusted comment: by openssl\n" + base64_encode(global) + "\n";
  const auto comment = minisign::verify(key, digest, file, minisign::UntrustedComment::kOurs);
  ASSERT_TRUE(comment.has_value()) << comment.error().message;
  EXPECT_EQ(*comment, "by openssl");
}

}  // namespace
}  // namespace vigil::crypto
