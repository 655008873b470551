#pragma once

#include <cstdint>
#include <string_view>

namespace gavah::extract {

/// What the words in an element's class, id or role say about it.
class ClassSigns {
 public:
  enum Sign : std::uint16_t {
    kBody = 1,
    kContent = 2,
    kComments = 4,
    kFurniture = 8,
    kHidden = 16,
    kDate = 32,
    kAuthor = 64,
    kTitle = 128,
    kLead = 256,
    /// Takes back kFurniture, kComments and kConsent of the same words: "has-sidebar", "with-comments" say what stands
    /// beside.
    kPardon = 512,
    kPanel = 1024,
    kWriter = 2048,
    kConsent = 4096,
    kEmbed = 8192,
  };

  constexpr ClassSigns() = default;
  constexpr explicit ClassSigns(std::uint16_t bits)
      : bits_(static_cast<std::uint16_t>((bits & kPardon) == 0 ? bits : bits & ~(kFurniture | kComments | kConsent))) {}

  bool is_none() const { return bits_ == 0; }
  bool is_body() const { return has(kBody); }            ///< "article-body", "entry-content": holds the article
  bool is_content() const { return has(kContent); }      ///< "content", "main": holds it and more
  bool is_comments() const { return has(kComments); }    ///< what readers wrote
  bool is_furniture() const { return has(kFurniture); }  ///< navigation, sharing, advertising, related articles
  bool is_consent() const { return has(kConsent); }      ///< asks for consent to cookies; furniture too
  bool is_panel() const { return has(kPanel); }          ///< in discussions: of a writer, signatures, votes
  bool is_writer() const { return has(kWriter); }        ///< in discussions: who wrote a post
  bool is_hidden() const { return has(kHidden); }        ///< "visually-hidden", "sr-only"
  bool is_date() const { return has(kDate); }            ///< "date", "published", "timestamp"
  bool is_author() const { return has(kAuthor); }        ///< "author", "byline"
  bool is_title() const { return has(kTitle); }          ///< "headline", "entry-title"
  bool is_lead() const { return has(kLead); }            ///< "standfirst", "lead", "summary" of an article
  bool may_embed() const {
    return has(kEmbed);
  }  ///< holds a word by which posts of platforms are embedded, maybe within another

 private:
  bool has(Sign sign) const { return (bits_ & sign) != 0; }
  std::uint16_t bits_ = 0;
};

/// One pass over the bytes: 1 ns a byte, less for words that this thread met lately. Pure. For elements of a page see
/// class_table.h, which reads them once.
ClassSigns class_signs(std::string_view words);

}  // namespace gavah::extract
