// SPDX-License-Identifier: Apache-2.0
#include "platform/barcode/barcode.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include <ZXing/ReadBarcode.h>
#include <ZXing/ZXVersion.h>

namespace vigil::platform {
namespace {

#if ZXING_VERSION_MAJOR >= 2
using ReadingOptions = ZXing::ReaderOptions;
#else
using ReadingOptions = ZXing::DecodeHints;
#endif

// A form holds none, and a scanner's "enter" must not press anything.
std::string without_controls(const std::string& text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == 0x7F) continue;
    // U+0080 to U+009F
    const bool control =
        byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (control) {
      ++at;
      continue;
    }
    clean += text[at];
  }
  return clean;
}

class ThreadedReader final : public CodeReader {
 public:
  ThreadedReader() : thread_([this] { run(); }) {}
  ~ThreadedReader() override {
    {
      const std::scoped_lock guard(mutex_);
      ending_ = true;
    }
    changed_.notify_one();
    thread_.join();
    wipe(picture_);
  }

  void offer(const Picture& picture) override {
    {
      const std::scoped_lock guard(mutex_);
      if (busy_) return;
      picture_ = picture;
      busy_ = true;
    }
    changed_.notify_one();
  }

  std::optional<std::string> take() override {
    const std::scoped_lock guard(mutex_);
    return std::exchange(found_, std::nullopt);
  }

 private:
  void run() {
    std::unique_lock guard(mutex_);
    while (true) {
      changed_.wait(guard, [&] { return ending_ || busy_; });
      if (ending_) return;
      // Nobody else touches the picture while this is busy.
      guard.unlock();
      auto text = read_code(picture_);
      wipe(picture_);
      guard.lock();
      busy_ = false;
      if (text && !found_) found_ = std::move(text);
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  Picture picture_;
  std::optional<std::string> found_;
  bool busy_ = false;
  bool ending_ = false;
  std::thread thread_;  // last: what it touches is there
};

}  // namespace

std::optional<std::string> read_code_as_is(const Picture& picture) {
  if (picture.rgba.empty()) return std::nullopt;
  ReadingOptions options;
  options.setTryHarder(true);
  options.setTryRotate(true);
  try {
    const ZXing::ImageView view(picture.rgba.data(), picture.width, picture.height,
                                ZXing::ImageFormat::RGBX);
    const auto result = ZXing::ReadBarcode(view, options);
    if (!result.isValid()) return std::nullopt;
    std::string text = result.text();
    return text.empty() ? std::nullopt : std::optional(std::move(text));
  } catch (const std::exception&) {
    // A picture that makes the library stumble holds no code.
    return std::nullopt;
  }
}

std::optional<std::string> read_code(const Picture& picture) {
  auto text = read_code_as_is(picture);
  if (text) *text = without_controls(*text);
  return !text || text->empty() ? std::nullopt : std::move(text);
}

std::unique_ptr<CodeReader> CodeReader::start() {
  return std::make_unique<ThreadedReader>();
}

}  // namespace vigil::platform
