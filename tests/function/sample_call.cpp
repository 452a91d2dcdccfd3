// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/sample_call.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

using namespace ramp;
using detail::call_samples;
using detail::check_sample_call;
using detail::datum_of;
using detail::sample_call_facts;

namespace {

constexpr auto image = input<"image", 3>;
constexpr auto kind = class_label<"kind", 5>;
constexpr auto gain = variable<"gain", 2>;
constexpr auto w = parameter<"w", 3>;
constexpr auto other = input<"other", 3>;

/// The arguments of one sample.
struct one_sample {
  template <bool = false>
  static constexpr lowered lower() {
    lowered l;
    l.graph.arguments = {{"", ir::argument_kind::number, {}, 0},
                         kind.argument, w.argument, image.argument, gain.argument};
    return l;
  }
};
/// What a call has to know of a program: its arguments, as planned for tiles of four samples.
struct program {
  using source = one_sample;
  using value_type = float;
  static constexpr int tile = 4;
  struct arguments_of_plan {
    std::array<ir::argument, 5> arguments;
  };
  static constexpr arguments_of_plan plan{{{{"", ir::argument_kind::number, {}, 0},
                                            {"kind", ir::argument_kind::label, shape(4), 5},
                                            {"w", ir::argument_kind::parameter, shape(3), 0},
                                            {"image", ir::argument_kind::input, shape(4, 3), 0},
                                            {"gain", ir::argument_kind::variable, shape(2), 0}}}};
};

using bytes = std::vector<std::uint8_t>;
using images = decltype(image = std::declval<bytes&>());
using kinds = decltype(kind = std::declval<std::vector<int>&>());
using gains = decltype(gain = std::array<double, 2>{});
using all = sample_call_facts<program, images, kinds, gains>;
template <class A>
using argument = detail::sample_argument<program, A>;

}  // namespace

TEST_CASE("arguments of a call are names, places or a selection", "[samples]") {
  static_assert(detail::name_bound_by<images>() == "image");
  static_assert(detail::name_bound_by<selected_samples>().empty());
  static_assert(detail::is_selection<selected_samples> && !detail::is_selection<images>);
  using place = decltype(output = std::declval<std::vector<float>&>());
  static_assert(!detail::is_named_value<place> && detail::is_named_value<images>);
  static_assert(detail::name_bound_by<place>().empty());
}

TEST_CASE("names that the caller binds are known and counted", "[samples]") {
  static_assert(all::times("image") == 1 && all::times("w") == 0);
  static_assert(all::missing == 3);  // none of kind, image and gain
  static_assert(sample_call_facts<program, images, kinds>::missing == 2);
  static_assert(sample_call_facts<program, images, gains>::missing == 0);
  static_assert(sample_call_facts<program>::missing == 0);
  static_assert(sample_call_facts<program, images, images>::times_bound<images> == 2);
  static_assert(all::times_bound<selected_samples> == 1);
  static_assert(argument<images>::is_known && argument<selected_samples>::is_known);
  static_assert(!argument<decltype(other = std::declval<bytes&>())>::is_known);
  // parameters are the model's
  static_assert(!argument<decltype(w = std::array<float, 3>{})>::is_known);
}

TEST_CASE("samples are flat, labels integers, what is shared has its size", "[samples]") {
  using scaled_bytes = decltype(scaled(std::declval<bytes&>(), 0.5f));
  static_assert(argument<images>::fits && argument<kinds>::fits && argument<gains>::fits);
  static_assert(argument<selected_samples>::fits);
  static_assert(argument<decltype(image = std::declval<scaled_bytes>())>::fits);
  static_assert(argument<decltype(image = std::array<float, 30>{})>::fits);  // ten samples
  static_assert(argument<decltype(gain = std::declval<std::vector<double>&>())>::fits);

  using nested = argument<decltype(image = std::declval<float (&)[2][3]>())>;
  static_assert(!nested::are_samples && !nested::fits);
  using real_kinds = argument<decltype(kind = std::declval<std::vector<float>&>())>;
  static_assert(!real_kinds::are_labels && real_kinds::are_samples && !real_kinds::fits);
  static_assert(!argument<decltype(kind = std::declval<scaled_bytes>())>::are_labels);
  using triple = argument<decltype(gain = std::array<double, 3>{})>;
  static_assert(triple::size == 3 && triple::needed_size == 2 && !triple::fits);
  static_assert(!argument<decltype(gain = std::declval<float (&)[1][2]>())>::has_shape);
  static_assert(!argument<decltype(gain = std::declval<std::nullptr_t&>())>::is_bindable);
}

TEST_CASE("a name is what the program has under it, of the same shape", "[samples]") {
  constexpr auto wide = input<"image", 4>;
  using bound = argument<decltype(wide = std::declval<bytes&>())>;
  static_assert(std::is_same_v<bound::needed, std::remove_const_t<decltype(image)>>);
  static_assert(bound::is_known && !bound::fits);
  static_assert(std::is_same_v<argument<images>::needed, argument<images>::leaf>);
}

TEST_CASE("a call with every name, and perhaps a selection, is in order", "[samples]") {
  static_assert(check_sample_call<program, images, kinds, gains>());
  static_assert(check_sample_call<program, gains, selected_samples, images, kinds>());
}

TEST_CASE("samples stay where they are, what is shared is copied in the program's type",
          "[samples]") {
  bytes const pixels{1, 2, 3};
  auto const samples = datum_of<program, 3>(image = pixels);
  static_assert(std::is_same_v<decltype(samples)::element_type, std::uint8_t>);
  CHECK(samples.elements == pixels.data());
  CHECK(samples.count == 3);

  auto const shared = datum_of<program, 4>(gain = std::array<double, 2>{0.5, -3});
  static_assert(std::is_same_v<decltype(shared), detail::fixed_data<float, 2> const>);
  CHECK(shared.elements == std::array<float, 2>{0.5f, -3});
  CHECK(shared.count == 2);
  std::vector<int> whole{7, 8};
  CHECK(datum_of<program, 4>(gain = whole).elements == std::array<float, 2>{7, 8});
  // of another length than its name: only that is known
  whole.push_back(9);
  CHECK(datum_of<program, 4>(gain = whole).count == 3);
  CHECK(datum_of<program, 4>(gain = whole).elements == std::array<float, 2>{});
  whole.clear();
  CHECK(datum_of<program, 4>(gain = whole).count == 0);
}

TEST_CASE("data comes in the order of the program's arguments, whatever that of the call",
          "[samples]") {
  bytes const pixels{1, 2, 3, 4, 5, 6};
  std::vector<int> const labels{0, 4};
  std::array<std::uint32_t, 3> const indices{1, 0, 1};
  auto const check = [&](selected_samples const* expected) {
    return [&, expected](auto const& data, selected_samples const* selection) {
      static_assert(std::tuple_size_v<std::remove_cvref_t<decltype(data)>> == 3);
      CHECK(std::get<0>(data).elements == labels.data());
      CHECK(std::get<1>(data).elements == pixels.data());
      CHECK(std::get<2>(data).elements[1] == 2.0f);
      CHECK(selection == expected);
      return std::get<1>(data).count;
    };
  };
  std::array<double, 2> const factors{1, 2};
  auto const some = samples(indices);
  CHECK(call_samples<program>(check(nullptr), image = pixels, kind = labels, gain = factors) == 6);
  CHECK(call_samples<program>(check(&some), gain = factors, some, kind = labels,
                              image = pixels) == 6);
  std::vector<float> results(2);
  CHECK(call_samples<program>(check(nullptr), output = results, kind = labels, image = pixels,
                              gain = factors) == 6);
}
