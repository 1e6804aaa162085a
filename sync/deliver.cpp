// SPDX-License-Identifier: Apache-2.0
#include "sync/deliver.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/bundle/archive.h"
#include "core/bundle/check.h"
#include "sync/protocol/tus.h"

namespace vigil::sync {
namespace {

// A hub that loses uploads or finds them damaged again and again is not one to go on with.
constexpr int kRestartLimit = 3;
constexpr int kGoodChunksToGrow = 4;
constexpr std::uint64_t kSignatureLimitBytes = 16 * 1024;

std::optional<std::uint64_t> offset_of(const Reply& reply) {
  const std::string* text = reply.header("upload-offset");
  if (text == nullptr || text->empty()) return std::nullopt;
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(text->data(), text->data() + text->size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text->data() + text->size()) return std::nullopt;
  return value;
}

bool damaged_on_the_way(const std::string& code) {
  return code == "bundle.digest" || code == "bundle.archive" || code == "bundle.size" ||
         code == "hub.other_bundle";
}

// The state of one delivery. Each step asks the hub one thing and says whether it got further.
class Course {
 public:
  Course(HubLink& hub, const SealedFile& bundle, ReadableFile& file, const trust::Roster& roster,
         const DeliveryOptions& options)
      : hub_(hub),
        bundle_(bundle),
        file_(file),
        roster_(roster),
        options_(options),
        chunk_bytes_(options.chunk_limit_bytes) {
    delivery_.id = bundle.id;
  }

  Result<Delivery> run() {
    std::uint64_t furthest = 0;
    for (int failures = 0;;) {
      const Status step = next_step();
      if (done_) return std::move(delivery_);
      // Getting further is what counts: a hub that answers but takes nothing must not hold us.
      if (offset_.value_or(0) > furthest) {
        furthest = *offset_;
        failures = 0;
      }
      if (step) continue;
      // Witnesses come by the day, not by the second.
      if (step.error().kind != ErrorKind::kUnavailable || step.error().code == "sync.unwitnessed")
        return std::unexpected(step.error());
      if (hub_.gives_up(options_.patience, ++failures)) return std::unexpected(step.error());
      wait_before_retry(options_.patience, failures);
    }
  }

 private:
  Status next_step() {
    if (location_.empty()) return create();
    if (!offset_) return find_offset();
    if (*offset_ < bundle_.size_bytes) return send_chunk();
    return fetch_receipt();
  }

  Status set_offset(const Reply& reply) {
    const auto offset = offset_of(reply);
    if (!offset || *offset > bundle_.size_bytes) {
      return fail(ErrorKind::kUnavailable, "sync.not_the_hub",
                  "The hub's answer makes no sense; try again later. Nothing is lost.");
    }
    offset_ = *offset;
    if (const std::string* alarm = reply.header("vigil-alarm")) delivery_.alarm = *alarm;
    if (options_.progress) options_.progress(*offset_, bundle_.size_bytes);
    return {};
  }

  // Only the hub's own word that it does not know the upload starts it over.
  Status restart(const Reply& reply) {
    location_.clear();
    offset_.reset();
    if (++restarts_ > kRestartLimit) return std::unexpected(refusal(reply));
    return {};
  }

  Status create() {
    Ask ask;
    ask.method = "POST";
    ask.path = "/files";
    ask.headers["Upload-Length"] = std::to_string(bundle_.size_bytes);
    ask.headers["Upload-Metadata"] =
        tus::emit_metadata(bundle_.manifest_json, bundle_.signature_file);
    VIGIL_ASSIGN(const Reply reply, hub_.ask(ask));
    const std::string* location = reply.header("location");
    if (reply.status != 201 || location == nullptr) return std::unexpected(refusal(reply));
    VIGIL_ASSIGN(location_, hub_.resolve(ask.path, *location));
    return offset_of(reply) ? set_offset(reply) : Status{};
  }

  Status find_offset() {
    Ask ask;
    ask.method = "HEAD";
    ask.path = location_;
    VIGIL_ASSIGN(const Reply reply, hub_.ask(ask));
    if (reply.status == 404 || reply.status == 410) return restart(reply);
    if (reply.status != 200 && reply.status != 204) return std::unexpected(refusal(reply));
    return set_offset(reply);
  }

  Status send_chunk() {
    const std::uint64_t left = bundle_.size_bytes - *offset_;
    chunk_.resize(static_cast<std::size_t>(std::min(left, chunk_bytes_)));
    VIGIL_ASSIGN(const std::size_t got, file_.read_at(*offset_, chunk_));
    if (got != chunk_.size()) {
      return fail(ErrorKind::kInvalid, "sync.damaged",
                  "The file of this bundle became shorter while it was sent. Look for another copy "
                  "and tell the office.");
    }
    return patch(chunk_);
  }

  Status patch(ByteView body) {
    Ask ask;
    ask.method = "PATCH";
    ask.path = location_;
    ask.headers["Content-Type"] = tus::kBodyType;
    ask.headers["Upload-Offset"] = std::to_string(*offset_);
    ask.body = body;
    const std::uint64_t from = *offset_;
    delivery_.sent_bytes += body.size();
    auto reply = hub_.ask(ask);
    if (!reply) {
      // Only the hub can tell what came through. It is asked after the wait: bytes that are still
      // in its buffers when a new request comes would be shut out, and sent again.
      note_cut();
      offset_.reset();
      return std::unexpected(reply.error());
    }
    const int status = reply->status;
    if (status == 204) {
      note_success();
      VIGIL_TRY(set_offset(*reply));
      if (body.empty() || *offset_ > from) return {};
      return fail(ErrorKind::kUnavailable, "sync.unreachable",
                  "The hub takes no more bytes now; try again later. Nothing is lost.");
    }
    if (status == 404 || status == 410) return restart(*reply);
    if (status == 409) {  // another writer, or a lost reply: the hub's offset is the truth
      offset_.reset();
      if (++conflicts_ <= kRestartLimit) return {};
      return fail(ErrorKind::kUnavailable, "sync.unreachable",
                  "Somebody else is sending the same bundle; try again later. Nothing is lost.");
    }
    if (damaged_on_the_way(hub_code(*reply))) return restart(*reply);
    if (status >= 500 || status == 460) offset_.reset();
    if (status == 460) {
      return fail(ErrorKind::kUnavailable, "sync.unreachable",
                  "Bytes were damaged on the way; try again later. Nothing is lost.");
    }
    return std::unexpected(refusal(*reply));
  }

  Status fetch_receipt() {
    Ask ask;
    ask.path = "/bundles/" + to_string(bundle_.id) + "/receipt";
    VIGIL_ASSIGN(Reply reply, hub_.ask(ask));
    if (reply.status == 404) {
      // Every byte is there, but the hub has not filed it: an empty PATCH makes it look again.
      if (asked_to_file_) {
        return fail(ErrorKind::kUnavailable, "sync.unreachable",
                    "The hub has the bundle but gives no receipt yet; try again later.");
      }
      // A refusal says why there is no receipt; only a hub that claims success is asked just once.
      const Status filed = patch({});
      asked_to_file_ = filed.has_value();
      return filed;
    }
    if (reply.status != 200) return std::unexpected(refusal(reply));
    const Bytes entry = bundle::log_entry(bundle_.manifest_json, bundle_.signature_file);
    const auto verified =
        log::verify_receipt(reply.body, entry, roster_.log, roster_.witnesses,
                            static_cast<std::size_t>(roster_.policy.witness_quorum));
    if (!verified && holds_without_witnesses(reply.body, entry)) {
      return fail(ErrorKind::kUnavailable, "sync.unwitnessed",
                  "The hub has the bundle, but not enough witnesses have signed its log yet: the "
                  "bundle stays here; try again later.");
    }
    if (!verified) {
      return fail(ErrorKind::kInvalid, "sync.receipt",
                  "The hub's receipt does not hold by this roster (" + verified.error().code +
                      "): the bundle stays here; tell the office.");
    }
    if (const std::string* alarm = reply.header("vigil-alarm")) delivery_.alarm = *alarm;
    delivery_.index = verified->index;
    delivery_.receipt = std::move(reply.body);
    done_ = true;
    return {};
  }

  [[nodiscard]] bool holds_without_witnesses(std::string_view receipt, ByteView entry) const {
    return log::verify_receipt(receipt, entry, roster_.log, roster_.witnesses, 0).has_value();
  }

  void note_cut() {
    ++delivery_.cuts;
    good_chunks_ = 0;
    if (++cuts_in_a_row_ >= 2) {
      chunk_bytes_ = std::max(chunk_bytes_ / 2, options_.chunk_least_bytes);
    }
  }

  void note_success() {
    cuts_in_a_row_ = 0;
    if (++good_chunks_ < kGoodChunksToGrow) return;
    good_chunks_ = 0;
    chunk_bytes_ = std::min(chunk_bytes_ * 2, options_.chunk_limit_bytes);
  }

  HubLink& hub_;
  const SealedFile& bundle_;
  ReadableFile& file_;
  const trust::Roster& roster_;
  const DeliveryOptions& options_;
  std::uint64_t chunk_bytes_;
  std::string location_;
  std::optional<std::uint64_t> offset_;
  Bytes chunk_;
  int restarts_ = 0;
  int conflicts_ = 0;
  int cuts_in_a_row_ = 0;
  int good_chunks_ = 0;
  bool asked_to_file_ = false;
  bool done_ = false;
  Delivery delivery_;
};

Result<std::string> read_member(ReadableFile& file, const bundle::MemberPlace& place,
                                std::uint64_t limit_bytes) {
  if (place.size_bytes > limit_bytes) {
    return fail(ErrorKind::kInvalid, "sync.bundle", "This file is not a bundle.");
  }
  Bytes content(static_cast<std::size_t>(place.size_bytes));
  VIGIL_ASSIGN(const std::size_t got, file.read_at(place.offset_bytes, content));
  if (got != content.size()) {
    return fail(ErrorKind::kInvalid, "sync.bundle", "This bundle is cut short.");
  }
  return std::string(as_text(content));
}

}  // namespace

Result<SealedFile> read_sealed(ReadableFile& file) {
  constexpr std::size_t kMembers = 4;
  const auto members = bundle::scan_archive(file, kMembers);
  if (!members || members->size() < 3 || (*members)[0].name != bundle::kManifestName ||
      (*members)[1].name != bundle::kSignatureName) {
    return fail(ErrorKind::kInvalid, "sync.bundle", "This file is not a bundle.");
  }
  SealedFile sealed;
  VIGIL_ASSIGN(sealed.manifest_json, read_member(file, (*members)[0], bundle::kManifestLimitBytes));
  VIGIL_ASSIGN(sealed.signature_file, read_member(file, (*members)[1], kSignatureLimitBytes));
  sealed.id = bundle::bundle_id(sealed.manifest_json);
  sealed.size_bytes = file.size_bytes();
  return sealed;
}

Result<Delivery> deliver(HubLink& hub, const SealedFile& bundle, ReadableFile& file,
                         const trust::Roster& roster, const DeliveryOptions& options) {
  return Course(hub, bundle, file, roster, options).run();
}

}  // namespace vigil::sync
