// SPDX-License-Identifier: Apache-2.0
#include "app/verify/fetch_log.h"

#include <curl/curl.h>

namespace vigil::verify {
namespace {

constexpr long kConnectTimeout_s = 20;
constexpr long kStallTimeout_s = 60;

std::unexpected<Error> read_only() {
  return fail(ErrorKind::kUsage, "fetch.read_only", "A log on a web server is only read.");
}

struct Download {
  Bytes bytes;
  std::uint64_t limit_bytes = 0;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* user) {
  auto& download = *static_cast<Download*>(user);
  const std::size_t bytes = size * count;
  if (download.bytes.size() + bytes > download.limit_bytes) return 0;  // curl gives up
  const ByteView view = as_bytes({data, bytes});
  download.bytes.insert(download.bytes.end(), view.begin(), view.end());
  return bytes;
}

class WebFiles final : public Files {
 public:
  WebFiles() : curl_(curl_easy_init()) {}
  ~WebFiles() override { curl_easy_cleanup(curl_); }
  WebFiles(const WebFiles&) = delete;
  WebFiles& operator=(const WebFiles&) = delete;

  Result<Bytes> read(const std::string& url, std::uint64_t limit_bytes) override {
    if (curl_ == nullptr) return failed(url, "no memory");
    Download download{{}, limit_bytes};
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl_, CURLOPT_CONNECTTIMEOUT, kConnectTimeout_s);
    curl_easy_setopt(curl_, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl_, CURLOPT_LOW_SPEED_TIME, kStallTimeout_s);
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &download);
    const CURLcode code = curl_easy_perform(curl_);
    if (code != CURLE_OK) return failed(url, curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    if (status == 404 || status == 410)
      return fail(ErrorKind::kNotFound, "fetch.absent", "The server has no " + url + ".");
    if (status != 200) return failed(url, "status " + std::to_string(status));
    return std::move(download.bytes);
  }

  Status write_atomically(const std::string&, ByteView, bool) override { return read_only(); }
  Result<std::unique_ptr<ReadableFile>> open(const std::string&) override { return read_only(); }
  Result<std::unique_ptr<WritableFile>> create(const std::string&) override { return read_only(); }
  Result<std::unique_ptr<WritableFile>> append_to(const std::string&) override {
    return read_only();
  }
  Status rename(const std::string&, const std::string&) override { return read_only(); }
  Status remove(const std::string&) override { return read_only(); }
  bool exists(const std::string&) override { return false; }
  Status make_directories(const std::string&) override { return read_only(); }
  Result<std::vector<std::string>> list(const std::string&) override { return read_only(); }

 private:
  static std::unexpected<Error> failed(const std::string& url, const std::string& why) {
    return fail(ErrorKind::kUnavailable, "fetch.failed",
                "Could not fetch " + url + ": " + why + ".");
  }
  CURL* curl_;
};

}  // namespace

bool is_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

Status send_cosigned(const std::string& log_url, std::string_view note) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURL* curl = curl_easy_init();
  if (curl == nullptr) return fail(ErrorKind::kUnavailable, "fetch.failed", "There is no memory.");
  const std::string url = log_url + "/cosigned";
  Download answer{{}, 64 * 1024};
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectTimeout_s);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kStallTimeout_s);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(note.size()));
  curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, note.data());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup(curl);
  if (code != CURLE_OK)
    return fail(ErrorKind::kUnavailable, "fetch.failed",
                "Could not send to " + url + ": " + curl_easy_strerror(code) + ".");
  if (status == 200) return {};
  std::string why(as_text(answer.bytes));
  std::erase(why, '\n');
  return fail(status == 403 || status == 409 || status == 422 ? ErrorKind::kDenied
                                                              : ErrorKind::kUnavailable,
              "fetch.refused",
              "The hub did not take the cosignature (status " + std::to_string(status) +
                  "): " + printable(why));
}

std::unique_ptr<Files> web_files() {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  return std::make_unique<WebFiles>();
}

}  // namespace vigil::verify
