// SPDX-License-Identifier: Apache-2.0
#include "app/verify/outer_check.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace vigil::verify {
namespace {

constexpr std::size_t kPartLimitBytes = 64 * 1024;
constexpr std::size_t kMembersLimit = 4;

Result<std::string> read_place(ReadableFile& file, const bundle::MemberPlace& place) {
  if (place.size_bytes > kPartLimitBytes)
    return fail(ErrorKind::kInvalid, "bundle.manifest", "The manifest is too long.");
  Bytes content(static_cast<std::size_t>(place.size_bytes));
  VIGIL_ASSIGN(const std::size_t count, file.read_at(place.offset_bytes, content));
  content.resize(count);
  return std::string(as_text(content));
}

// The signed manifest of a bundle whose payloads may be damaged: it still says who and which.
struct SignedParts {
  std::string manifest_json;
  std::string signature_file;
};
Result<SignedParts> read_signed_parts(ReadableFile& file) {
  VIGIL_ASSIGN(const auto places, bundle::scan_archive(file, kMembersLimit));
  if (places.size() < 2 || places[0].name != bundle::kManifestName ||
      places[1].name != bundle::kSignatureName)
    return fail(ErrorKind::kInvalid, "bundle.archive", "The file is not a bundle.");
  SignedParts parts;
  VIGIL_ASSIGN(parts.manifest_json, read_place(file, places[0]));
  VIGIL_ASSIGN(parts.signature_file, read_place(file, places[1]));
  return parts;
}

// Nothing only where there is none: what cannot be read is judged, as a receipt that is none.
std::optional<std::string> read_receipt(Files& files, const std::string& path) {
  std::vector<std::string> candidates{path + ".receipt"};
  if (path.ends_with(".vigil")) candidates.push_back(path.substr(0, path.size() - 6) + ".receipt");
  for (const std::string& candidate : candidates) {
    const auto content = files.read(candidate, log::kReceiptLimitBytes);
    if (content) return std::string(as_text(*content));
    if (content.error().kind != ErrorKind::kNotFound) return "";
  }
  return std::nullopt;
}

OuterCheck check_file(Files& files, const std::string& path, const trust::Roster& roster,
                      const std::vector<crypto::minisign::PublicKey>& keys) {
  OuterCheck check;
  check.file = path;
  const auto file = files.open(path);
  if (!file) {
    check.failure = file.error();
    return check;
  }
  SignedParts parts;
  if (auto whole = bundle::check_bundle(**file, keys)) {
    check.manifest = {whole->id, std::move(whole->manifest)};
    parts = {std::move(whole->manifest_json), std::move(whole->signature_file)};
  } else {
    check.failure = whole.error();
    auto read = read_signed_parts(**file);
    if (!read) return check;
    parts = std::move(*read);
    auto manifest = bundle::check_manifest(parts.manifest_json, parts.signature_file, keys);
    if (!manifest) return check;
    check.manifest = std::move(*manifest);
  }
  if (const auto receipt = read_receipt(files, path))
    check.receipt = log::verify_receipt(
        *receipt, bundle::log_entry(parts.manifest_json, parts.signature_file), roster.log,
        roster.witnesses, static_cast<std::size_t>(roster.policy.witness_quorum));
  return check;
}

}  // namespace

bool OuterCheck::unreadable() const {
  return failure && failure->kind != ErrorKind::kInvalid && failure->kind != ErrorKind::kDenied;
}

std::vector<OuterCheck> check_files(Files& files, const std::vector<std::string>& paths,
                                    const trust::Roster& roster, const Progress& progress) {
  const auto keys = roster.device_keys();
  std::vector<OuterCheck> checks(paths.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  const auto work = [&](bool reports) {
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      checks[i] = check_file(files, paths[i], roster, keys);
      const std::size_t finished = ++done;
      if (reports) progress("bundles", finished, paths.size());
    }
  };
  const std::size_t threads =
      std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), paths.size());
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(work, false);
    work(true);
  }
  progress("bundles", paths.size(), paths.size());
  return checks;
}

}  // namespace vigil::verify
