// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/seal/seal.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/bundle/archive.h"
#include "core/bundle/archive_format.h"
#include "core/bundle/payload.h"
#include "core/crypto/age_encryptor.h"
#include "core/crypto/background_hash.h"

namespace vigil::bundle {
namespace {

using crypto::minisign::SecretKey;

constexpr std::size_t kReadBytes = 64 * 1024;

std::unexpected<Error> bad_draft(std::string message) {
  return fail(ErrorKind::kUsage, "seal.draft", std::move(message));
}

class FileSink final : public crypto::Sink {
 public:
  explicit FileSink(WritableFile& file) : file_(file) {}
  Status write(ByteView bytes) override { return file_.append(bytes); }

 private:
  WritableFile& file_;
};

// Goes into the outer archive and into the digest that is signed.
class PayloadSink final : public crypto::Sink {
 public:
  explicit PayloadSink(ArchiveWriter& archive) : archive_(archive) {}
  Status write(ByteView bytes) override {
    digest.update(bytes);
    return archive_.write(bytes);
  }
  crypto::BackgroundHash<64> digest;

 private:
  ArchiveWriter& archive_;
};

// Everything about a payload that is known before its data is read.
struct PayloadPlan {
  const PayloadDraft* draft = nullptr;
  PayloadSalt salt{};
  std::uint64_t padding_bytes = 0;
};

Status check_draft(const PayloadDraft& draft) {
  if (draft.recipients.empty()) return bad_draft("A payload needs at least one recipient.");
  const std::set<crypto::age::Recipient> recipients(draft.recipients.begin(),
                                                    draft.recipients.end());
  if (recipients.size() != draft.recipients.size())
    return bad_draft("A payload names one recipient twice.");
  // Three members are ours.
  if (draft.members.empty() || draft.members.size() > kMemberCountLimit - 3)
    return bad_draft("A payload must hold at least one file, and not more than ten thousand.");
  std::set<std::string_view> names{kInnerName, kMembersName, kPaddingName};
  for (const PayloadMember& member : draft.members) {
    if (!is_member_name(member.name) || !names.insert(member.name).second)
      return bad_draft("A payload has a file name that is not allowed, or the same one twice.");
    if (member.size_bytes > kMemberLimitBytes)
      return bad_draft("A file in a payload is too large.");
  }
  return {};
}

// Fills in sizes: the manifest's own size must be known before its digests are.
void plan_sizes(std::vector<PayloadPlan>& plans, Manifest& manifest) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    std::vector<std::uint64_t> sizes{emit_inner(manifest, i, plans[i].salt).size()};
    for (const PayloadMember& member : plans[i].draft->members) sizes.push_back(member.size_bytes);
    sizes.push_back(members_size_bytes(plans[i].draft->members.size()));
    std::uint64_t unpadded = 3 * kTarBlockBytes;  // header of the padding, end of the archive
    for (const std::uint64_t size_bytes : sizes)
      unpadded += kTarBlockBytes + round_up(size_bytes, kTarBlockBytes);
    const std::uint64_t padded = round_up(padme(unpadded), kTarRecordBytes);
    plans[i].padding_bytes = padded - unpadded;
    manifest.payloads[i].size_bytes =
        crypto::age::file_size_bytes(manifest.payloads[i].recipients.size(), padded);
  }
}

Result<crypto::Blake2b256> copy_member(const PayloadMember& member, const PayloadSalt& salt,
                                       ArchiveWriter& archive) {
  const auto wrong_size = [&] {
    return fail(
        ErrorKind::kStorage, "seal.size",
        fmt::format("The file {} changed while it was being sealed: try again.", member.name));
  };
  VIGIL_ASSIGN(const std::unique_ptr<crypto::Source> source, member.open());
  VIGIL_TRY(archive.begin_member(member.name, member.size_bytes));
  crypto::BackgroundHash<32> hash(begin_member_hash(member_salt(salt, member.name), member.name));
  Bytes buffer(kReadBytes);
  std::uint64_t left_bytes = member.size_bytes;
  while (true) {
    VIGIL_ASSIGN(const std::size_t count, source->read(buffer));
    if (count > left_bytes) return wrong_size();
    left_bytes -= count;
    const ByteView read = ByteView(buffer).first(count);
    hash.update(read);
    VIGIL_TRY(archive.write(read));
    if (count < buffer.size()) break;
  }
  crypto::wipe(buffer);
  if (left_bytes != 0) return wrong_size();
  return hash.finish();
}

Status write_text(ArchiveWriter& archive, std::string_view name, std::string_view text) {
  VIGIL_TRY(archive.begin_member(name, text.size()));
  return archive.write(as_bytes(text));
}

Status write_padding(ArchiveWriter& archive, std::uint64_t size_bytes) {
  VIGIL_TRY(archive.begin_member(kPaddingName, size_bytes));
  const Bytes zeros(kReadBytes);
  while (size_bytes > 0) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size_bytes, kReadBytes));
    VIGIL_TRY(archive.write(ByteView(zeros).first(count)));
    size_bytes -= count;
  }
  return {};
}

// Reads every member once: hashed, archived, encrypted, digested and written on the way.
Status write_payload(const PayloadPlan& plan, const Manifest& manifest, std::size_t index,
                     ArchiveWriter& outer, PayloadEntry& entry) {
  VIGIL_TRY(outer.begin_member(entry.name, entry.size_bytes));
  PayloadSink sink(outer);
  VIGIL_ASSIGN(crypto::age::Encryptor encryptor,
               crypto::age::Encryptor::begin(entry.recipients, sink));
  ArchiveWriter inner(encryptor);
  VIGIL_TRY(write_text(inner, kInnerName, emit_inner(manifest, index, plan.salt)));
  std::vector<crypto::Blake2b256> hashes;
  for (const PayloadMember& member : plan.draft->members) {
    VIGIL_ASSIGN(const crypto::Blake2b256 hash, copy_member(member, plan.salt, inner));
    hashes.push_back(hash);
  }
  const std::string members = emit_members(hashes);
  VIGIL_TRY(write_text(inner, kMembersName, members));
  VIGIL_TRY(write_padding(inner, plan.padding_bytes));
  VIGIL_TRY(inner.finish());
  VIGIL_TRY(encryptor.finish());
  entry.digest = sink.digest.finish();
  entry.members = crypto::blake2b_256(as_bytes(members));
  return {};
}

Result<SealedBundle> write_bundle(const std::vector<PayloadPlan>& plans, Manifest& manifest,
                                  const SecretKey& device_key, WritableFile& file) {
  const auto sign = [&](const std::string& text) {
    return crypto::minisign::sign(device_key, crypto::blake2b_512(as_bytes(text)),
                                  trusted_comment(manifest));
  };
  // The first two members get their place now and their bytes at the end: digests have a fixed
  // length, so the texts keep theirs.
  const std::string blank_manifest = emit_manifest(manifest);
  const std::string blank_signature = sign(blank_manifest);
  FileSink sink(file);
  ArchiveWriter archive(sink);
  VIGIL_TRY(write_text(archive, kManifestName, std::string(blank_manifest.size(), '\0')));
  VIGIL_TRY(write_text(archive, kSignatureName, std::string(blank_signature.size(), '\0')));
  for (std::size_t i = 0; i < plans.size(); ++i)
    VIGIL_TRY(write_payload(plans[i], manifest, i, archive, manifest.payloads[i]));
  VIGIL_TRY(archive.finish());
  const std::string text = emit_manifest(manifest);
  const std::uint64_t signature_at =
      kTarBlockBytes + round_up(text.size(), kTarBlockBytes) + kTarBlockBytes;
  VIGIL_TRY(file.write_at(kTarBlockBytes, as_bytes(text)));
  VIGIL_TRY(file.write_at(signature_at, as_bytes(sign(text))));
  VIGIL_TRY(file.sync());
  std::vector<std::uint64_t> sizes{blank_manifest.size(), blank_signature.size()};
  for (const PayloadEntry& entry : manifest.payloads) sizes.push_back(entry.size_bytes);
  return SealedBundle{bundle_id(text), archive_size_bytes(sizes)};
}

}  // namespace

Result<SealedBundle> seal_bundle(const BundleDraft& draft, const SecretKey& device_key,
                                 Files& files, const std::string& path) {
  if (draft.sequence < 1 || draft.sequence > static_cast<std::uint64_t>(kJsonNumberLimit) ||
      (draft.sequence == 1) != (draft.previous == BundleId{}))
    return bad_draft("The first bundle of a device, and only it, has no previous one.");
  VIGIL_TRY(check_draft(draft.payload));
  Manifest manifest;
  manifest.device = device_key.public_key();
  manifest.sequence = draft.sequence;
  manifest.previous = draft.previous;
  std::vector<PayloadPlan> plans;
  const auto add = [&](const PayloadDraft& payload, std::string_view name) {
    PayloadPlan& plan = plans.emplace_back();
    plan.draft = &payload;
    crypto::random_fill(plan.salt);
    PayloadEntry& entry = manifest.payloads.emplace_back();
    entry.name = name;
    entry.recipients = payload.recipients;
  };
  add(draft.payload, kPayloadName);
  if (!draft.restricted.members.empty()) {
    VIGIL_TRY(check_draft(draft.restricted));
    add(draft.restricted, kRestrictedName);
  }
  plan_sizes(plans, manifest);
  for (const PayloadEntry& entry : manifest.payloads)
    if (entry.size_bytes > kMemberLimitBytes) return bad_draft("The payload is larger than 8 GiB.");
  if (emit_manifest(manifest).size() > kManifestLimitBytes - 1024)
    return bad_draft("The payload has too many recipients.");

  VIGIL_ASSIGN(std::unique_ptr<WritableFile> file, files.create(path));
  Result<SealedBundle> sealed = write_bundle(plans, manifest, device_key, *file);
  if (!sealed.has_value()) {
    file.reset();
    (void)files.remove(path);
  }
  return sealed;
}

}  // namespace vigil::bundle
