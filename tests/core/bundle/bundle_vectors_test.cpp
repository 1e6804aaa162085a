// SPDX-License-Identifier: Apache-2.0
//
// The frozen bundles of tests/vectors/bundle, one fault each. They were made by the disabled test
// below; the checks read the files only, so a change of the format cannot pass unseen.
#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "core/bundle/payload.h"
#include "core/crypto/age_armor.h"
#include "core/crypto/age_encryptor.h"
#include "core/crypto/age_header.h"
#include "core/crypto/age_payload.h"
#include "core/crypto/age_stanza.h"
#include "tests/core/bundle/sample.h"
#include "tests/support/run_program.h"
#include "tests/support/vectors.h"

namespace vigil::bundle {
namespace {

using vigil::test::Vector;

const std::string kFolder = VIGIL_SOURCE_DIR "/tests/vectors/bundle";

// Makes bundles by hand, step by step, so that one step can be done wrongly.
struct Forge {
  explicit Forge(const test::Keys& k) : keys(k) {
    manifest.device = keys.device.public_key();
    manifest.sequence = 1;
    PayloadEntry& entry = manifest.payloads.emplace_back();
    entry.name = kPayloadName;
    entry.recipients = {keys.office.recipient()};
    stanzas_for = entry.recipients;
    comment = trusted_comment(manifest);
    signer = &keys.device;
    inner = {{std::string(kInnerName), to_bytes(emit_inner(manifest, 0, PayloadSalt{}))},
             {"submission.xml", to_bytes("<data/>")},
             {std::string(kMembersName), {}},
             {std::string(kPaddingName), Bytes(700)}};
    list_members();
  }

  // members.json as it must be for what stands between bundle.json and it.
  void list_members() {
    std::vector<crypto::Blake2b256> hashes;
    for (const Member& member : inner) {
      if (member.name == kInnerName || member.name == kMembersName || member.name == kPaddingName)
        continue;
      auto hash = begin_member_hash(member_salt(PayloadSalt{}, member.name), member.name);
      hash.update(member.content);
      hashes.push_back(hash.finish());
    }
    for (Member& member : inner)
      if (member.name == kMembersName) member.content = to_bytes(emit_members(hashes));
  }

  void encrypt() {
    if (plain.empty()) plain = write_archive(inner).value();
    crypto::BytesSink sink;
    crypto::BytesSource source(plain);
    EXPECT_TRUE(crypto::age::encrypt(stanzas_for, source, sink).has_value());
    payload = std::move(sink.bytes);
  }

  void describe() {
    PayloadEntry& entry = manifest.payloads.front();
    entry.size_bytes = payload.size();
    entry.digest = crypto::blake2b_512(payload);
    for (const Member& member : inner)
      if (member.name == kMembersName) entry.members = crypto::blake2b_256(member.content);
    text = emit_manifest(manifest);
  }

  void sign() { signature = crypto::minisign::sign(*signer, digest(), comment); }
  [[nodiscard]] crypto::Blake2b512 digest() const { return crypto::blake2b_512(as_bytes(text)); }

  void gather() {
    members = {{std::string(kManifestName), to_bytes(text)},
               {std::string(kSignatureName), to_bytes(signature)},
               {std::string(kPayloadName), payload}};
  }
  void pack() { archive = write_archive(members).value(); }

  const test::Keys& keys;
  Manifest manifest;
  std::vector<crypto::age::Recipient> stanzas_for;
  const crypto::minisign::SecretKey* signer;
  std::string comment;
  std::vector<Member> inner;
  Bytes plain;
  Bytes payload;
  std::string text;
  std::string signature;
  std::vector<Member> members;
  Bytes archive;
};

// After which step the fault goes in.
enum class After { kStart, kEncrypt, kDescribe, kSign, kGather, kPack };

struct Fault {
  std::string name;
  std::string code;
  After after;
  std::function<void(Forge&)> make;
};

Bytes make(const test::Keys& keys, const Fault& fault) {
  Forge forge(keys);
  const auto at = [&](After after) {
    if (after == fault.after) fault.make(forge);
  };
  at(After::kStart);
  forge.encrypt();
  at(After::kEncrypt);
  forge.describe();
  at(After::kDescribe);
  forge.sign();
  at(After::kSign);
  forge.gather();
  at(After::kGather);
  forge.pack();
  at(After::kPack);
  return forge.archive;
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

Member& inner_member(Forge& f, std::string_view name) {
  return *std::ranges::find(f.inner, name, &Member::name);
}

std::vector<Fault> archive_faults() {
  const std::string code = "bundle.archive";
  return {
      {"good.tar", "ok", After::kStart, [](Forge&) {}},
      {"archive-cut.tar", code, After::kPack, [](Forge& f) { f.archive.resize(5000); }},
      {"archive-trailing-record.tar", code, After::kPack,
       [](Forge& f) { f.archive.resize(f.archive.size() + kTarRecordBytes); }},
      {"archive-trailing-byte.tar", code, After::kPack, [](Forge& f) { f.archive.back() = 1; }},
      {"archive-mode.tar", code, After::kPack,
       [](Forge& f) { f.archive[106] = '5', f.archive[153]++; }},
      {"archive-padding.tar", code, After::kPack, [](Forge& f) { f.archive[512 * 3 - 1] = 1; }},
      {"archive-other-order.tar", code, After::kGather,
       [](Forge& f) { std::swap(f.members[0], f.members[1]); }},
      {"archive-no-signature.tar", code, After::kGather,
       [](Forge& f) { f.members.erase(f.members.begin() + 1); }},
      {"archive-extra-member.tar", code, After::kGather,
       [](Forge& f) { f.members.push_back({"readme.txt", to_bytes("hello")}); }},
      {"archive-duplicate.tar", code, After::kGather,
       [](Forge& f) { f.members.push_back(f.members[2]); }},
  };
}

std::vector<Fault> signature_faults(const test::Keys& stranger) {
  const std::string code = "bundle.signature";
  return {
      {"signature-flipped.tar", code, After::kSign,
       [](Forge& f) { f.signature[f.signature.find('\n') + 60] ^= 1; }},
      {"signature-comment-line-changed.tar", code, After::kSign,
       [](Forge& f) { replace(f.signature, "by Vigil", "by nobody"); }},
      {"signature-trusted-comment-changed.tar", code, After::kSign,
       [](Forge& f) { replace(f.signature, "vigil-bundle-1", "vigil-bundle-2"); }},
      {"signature-fifth-line.tar", code, After::kSign, [](Forge& f) { f.signature += "more\n"; }},
      {"signature-crlf.tar", code, After::kSign,
       [](Forge& f) { replace(f.signature, "\n", "\r\n"); }},
      {"signature-empty.tar", code, After::kSign, [](Forge& f) { f.signature.clear(); }},
      {"signature-of-a-stranger.tar", "bundle.stranger", After::kDescribe,
       [&stranger](Forge& f) { f.signer = &stranger.device; }},
      {"signature-for-another-format.tar", "bundle.format", After::kDescribe,
       [](Forge& f) { f.comment = "vigil-bundle-0"; }},
  };
}

std::vector<Fault> manifest_faults(const test::Keys& stranger) {
  const std::string code = "bundle.manifest";
  return {
      {"manifest-names-another-device.tar", code, After::kEncrypt,
       [&stranger](Forge& f) { f.manifest.device = stranger.device.public_key(); }},
      {"manifest-spaced.tar", code, After::kDescribe,
       [](Forge& f) { replace(f.text, ":1,", ": 1,"); }},
      {"manifest-unknown-format.tar", "bundle.format", After::kDescribe,
       [](Forge& f) { replace(f.text, "vigil-bundle-1", "vigil-bundle-9"); }},
      {"payload-size-differs.tar", "bundle.size", After::kDescribe,
       [](Forge& f) {
         f.manifest.payloads[0].size_bytes += 1;
         f.text = emit_manifest(f.manifest);
       }},
      {"payload-restricted-missing.tar", "bundle.size", After::kDescribe,
       [](Forge& f) {
         PayloadEntry entry = f.manifest.payloads[0];
         entry.name = kRestrictedName;
         f.manifest.payloads.push_back(entry);
         f.text = emit_manifest(f.manifest);
       }},
      {"payload-flipped.tar", "bundle.digest", After::kGather,
       [](Forge& f) { f.members[2].content.back() ^= 1; }},
  };
}

std::vector<Fault> recipient_faults(const test::Keys& stranger) {
  const std::string code = "bundle.recipients";
  return {
      {"recipients-hidden.tar", code, After::kStart,
       [&stranger](Forge& f) { f.stanzas_for.push_back(stranger.office.recipient()); }},
      {"recipients-missing.tar", code, After::kStart,
       [&stranger](Forge& f) {
         f.manifest.payloads[0].recipients.push_back(stranger.office.recipient());
       }},
      {"recipients-passphrase.tar", code, After::kEncrypt,
       [](Forge& f) {
         const auto passphrase = crypto::SecretBytes::copy_of(as_bytes("open"));
         crypto::BytesSource source(f.plain);
         crypto::BytesSink sink;
         ASSERT_TRUE(crypto::age::encrypt_with_passphrase(passphrase, 4, source, sink).has_value());
         f.payload = std::move(sink.bytes);
       }},
      {"recipients-armored.tar", code, After::kEncrypt,
       [](Forge& f) {
         crypto::BytesSource source(f.payload);
         crypto::BytesSink sink;
         ASSERT_TRUE(crypto::age::armor(source, sink).has_value());
         f.payload = std::move(sink.bytes);
       }},
      {"recipients-unknown-type.tar", code, After::kEncrypt,
       [](Forge& f) {
         std::string text(as_text(f.payload));
         replace(text, "-> X25519 ", "-> x25519 ");
         f.payload = to_bytes(text);
       }},
  };
}

std::vector<Fault> inner_faults(const test::Keys& stranger) {
  const std::string code = "open.inner";
  const auto with = [](std::function<void(Manifest&)> change) {
    return [change](Forge& f) {
      Manifest other = f.manifest;
      change(other);
      inner_member(f, kInnerName).content = to_bytes(emit_inner(other, 0, PayloadSalt{}));
    };
  };
  return {
      {"inner-another-device.tar", code, After::kStart,
       with([&stranger](Manifest& m) { m.device = stranger.device.public_key(); })},
      {"inner-another-sequence.tar", code, After::kStart,
       with([](Manifest& m) { m.sequence = 2; })},
      {"inner-another-previous.tar", code, After::kStart,
       with([](Manifest& m) { m.previous.value[31] = 1; })},
      {"inner-another-recipient.tar", code, After::kStart, with([&stranger](Manifest& m) {
         m.payloads[0].recipients = {stranger.office.recipient()};
       })},
      {"inner-another-payload.tar", code, After::kStart,
       with([](Manifest& m) { m.payloads[0].name = kRestrictedName; })},
      {"inner-spaced.tar", code, After::kStart,
       [](Forge& f) {
         std::string text(as_text(inner_member(f, kInnerName).content));
         replace(text, ":1,", ": 1,");
         inner_member(f, kInnerName).content = to_bytes(text);
       }},
      {"inner-not-first.tar", code, After::kStart,
       [](Forge& f) { std::swap(f.inner[0], f.inner[1]); }},
      {"open-for-another-office.tar", "open.no_match", After::kStart,
       [&stranger](Forge& f) {
         f.manifest.payloads[0].recipients = {stranger.office.recipient()};
         f.stanzas_for = f.manifest.payloads[0].recipients;
         inner_member(f, kInnerName).content = to_bytes(emit_inner(f.manifest, 0, PayloadSalt{}));
       }},
      {"payload-last-chunk-missing.tar", "open.payload", After::kEncrypt,
       [](Forge& f) { f.payload.resize(f.payload.size() - 2000); }},
      {"payload-header-mac.tar", "open.payload", After::kEncrypt,
       [](Forge& f) {
         std::string text(as_text(f.payload));
         const std::size_t at = text.find("\n--- ") + 6;
         f.payload[at] = f.payload[at] == 'A' ? 'B' : 'A';
       }},
  };
}

std::vector<Fault> member_faults() {
  const std::string code = "open.members";
  const auto plain = [](std::function<void(Bytes&)> change) {
    return [change](Forge& f) {
      f.plain = write_archive(f.inner).value();
      change(f.plain);
    };
  };
  return {
      {"members-hash-wrong.tar", code, After::kStart,
       [](Forge& f) { inner_member(f, "submission.xml").content = to_bytes("<xxxx/>"); }},
      {"members-digest-not-signed.tar", code, After::kDescribe,
       [](Forge& f) {
         f.manifest.payloads[0].members[0] ^= 1;
         f.text = emit_manifest(f.manifest);
       }},
      {"members-missing.tar", code, After::kStart,
       [](Forge& f) { f.inner.erase(f.inner.begin() + 2); }},
      {"members-one-more-after.tar", code, After::kStart,
       [](Forge& f) { f.inner.insert(f.inner.begin() + 3, {"late.xml", to_bytes("<late/>")}); }},
      {"members-one-more-at-the-end.tar", code, After::kStart,
       [](Forge& f) { f.inner.push_back({"late.xml", to_bytes("<late/>")}); }},
      {"members-padding-missing.tar", code, After::kStart, [](Forge& f) { f.inner.pop_back(); }},
      {"members-padding-not-empty.tar", code, After::kStart,
       [](Forge& f) { f.inner.back().content[9] = 1; }},
      {"members-link.tar", code, After::kStart,
       plain([](Bytes& b) { b[1024 + 156] = '2', b[1024 + 153]++; })},
      {"members-cut.tar", code, After::kStart, plain([](Bytes& b) { b.resize(b.size() - 512); })},
      {"members-trailing.tar", code, After::kStart, plain([](Bytes& b) { b.back() = 1; })},
  };
}

// Run by hand when the format changes: --gtest_also_run_disabled_tests --gtest_filter=*MakeTheFiles
TEST(BundleVectors, DISABLED_MakeTheFiles) {
  const test::Keys keys;
  const test::Keys stranger;
  std::vector<Vector> vectors;
  for (const auto& group : {archive_faults(), signature_faults(stranger), manifest_faults(stranger),
                            recipient_faults(stranger), inner_faults(stranger), member_faults()})
    for (const Fault& fault : group) vectors.push_back({fault.name, fault.code, make(keys, fault)});
  const std::string device =
      crypto::minisign::public_key_file(keys.device.public_key(), "of the frozen bundles");
  vectors.push_back({"device.pub.key", "key", to_bytes(device)});
  const crypto::SecretBytes office = keys.office.to_text();
  vectors.push_back(
      {"office.identity.key", "key", Bytes(office.view().begin(), office.view().end())});
  write_vectors(kFolder, vectors);
}

TEST(BundleVectors, EachFrozenBundleGivesItsCode) {
  const auto device =
      crypto::minisign::parse_public_key_file(vigil::test::read_file(kFolder + "/device.pub.key"));
  ASSERT_TRUE(device.has_value());
  std::size_t count = 0;
  for (const Vector& vector : vigil::test::read_vectors(kFolder)) {
    if (vector.code == "key") continue;
    test::MemoryFile file(vector.content);
    const auto checked = check_bundle(file, {*device});
    std::string code = checked.has_value() ? "ok" : checked.error().code;
    if (checked.has_value()) {
      const auto identities = crypto::age::Identity::parse_file(
          vigil::test::read_file(kFolder + "/office.identity.key"));
      ASSERT_TRUE(identities.has_value());
      test::Stage stage;
      const Status opened = open_payload(file, *checked, 0, *identities, stage);
      if (!opened.has_value()) code = opened.error().code;
    }
    EXPECT_EQ(code, vector.code) << vector.name;
    ++count;
  }
  EXPECT_GE(count, 45U);
}

}  // namespace
}  // namespace vigil::bundle
