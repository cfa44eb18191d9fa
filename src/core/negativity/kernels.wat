;; The inner loops of the net, which work on four numbers at a time. net-memory.ts says what lies
;; where: `$from`, `$out` and the like are addresses in bytes, each array starts at a multiple of 16,
;; and numbers of filters and columns are multiples of four.
(module
  (memory (export "memory") 40) ;; pages of 64 kB; what is never written to takes no room

  ;; out[r] = row r of the matrix times the vector, all f64, for an even number of rows. The columns
  ;; are summed in four sums that do not wait for one another, added as (0 + 1) + (2 + 3); two rows
  ;; at a time, because an addition takes four times as long as the start of the next one.
  (func (export "multiply")
    (param $matrix i32) (param $rows i32) (param $columns i32) (param $vector i32) (param $out i32)
    (local $bytes i32) (local $at i32) (local $end i32)
    (local $x v128) (local $y v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $bytes (i32.shl (local.get $columns) (i32.const 3)))
    (local.set $end (i32.add (local.get $vector) (local.get $bytes)))
    (loop $pair
      (local.set $a (v128.const f64x2 0 0))
      (local.set $b (v128.const f64x2 0 0))
      (local.set $c (v128.const f64x2 0 0))
      (local.set $d (v128.const f64x2 0 0))
      (local.set $at (local.get $vector))
      (loop $columns
        (local.set $x (v128.load (local.get $at)))
        (local.set $y (v128.load offset=16 (local.get $at)))
        (local.set $a (f64x2.add (local.get $a)
          (f64x2.mul (local.get $x) (v128.load (local.get $matrix)))))
        (local.set $b (f64x2.add (local.get $b)
          (f64x2.mul (local.get $y) (v128.load offset=16 (local.get $matrix)))))
        (local.set $c (f64x2.add (local.get $c) (f64x2.mul (local.get $x)
          (v128.load (i32.add (local.get $matrix) (local.get $bytes))))))
        (local.set $d (f64x2.add (local.get $d) (f64x2.mul (local.get $y)
          (v128.load offset=16 (i32.add (local.get $matrix) (local.get $bytes))))))
        (local.set $matrix (i32.add (local.get $matrix) (i32.const 32)))
        (local.set $at (i32.add (local.get $at) (i32.const 32)))
        (br_if $columns (i32.lt_u (local.get $at) (local.get $end))))
      (f64.store (local.get $out) (f64.add
        (f64.add (f64x2.extract_lane 0 (local.get $a)) (f64x2.extract_lane 1 (local.get $a)))
        (f64.add (f64x2.extract_lane 0 (local.get $b)) (f64x2.extract_lane 1 (local.get $b)))))
      (f64.store offset=8 (local.get $out) (f64.add
        (f64.add (f64x2.extract_lane 0 (local.get $c)) (f64x2.extract_lane 1 (local.get $c)))
        (f64.add (f64x2.extract_lane 0 (local.get $d)) (f64x2.extract_lane 1 (local.get $d)))))
      (local.set $matrix (i32.add (local.get $matrix) (local.get $bytes)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 2)))
      (br_if $pair (local.get $rows))))

  ;; out = the sum of the rows of the matrix, each times its factor, all f64: `multiply` the other way
  ;; round. Many factors are 0, and their rows are passed over.
  (func (export "addRows")
    (param $matrix i32) (param $rows i32) (param $columns i32) (param $factors i32) (param $out i32)
    (local $bytes i32) (local $at i32) (local $end i32) (local $factor v128)
    (local.set $bytes (i32.shl (local.get $columns) (i32.const 3)))
    (local.set $end (i32.add (local.get $out) (local.get $bytes)))
    (memory.fill (local.get $out) (i32.const 0) (local.get $bytes))
    (loop $row
      (local.set $factor (v128.load64_splat (local.get $factors)))
      (if (f64.ne (f64x2.extract_lane 0 (local.get $factor)) (f64.const 0)) (then
        (local.set $at (local.get $out))
        (loop $four
          (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at))
            (f64x2.mul (local.get $factor) (v128.load (local.get $matrix)))))
          (v128.store offset=16 (local.get $at) (f64x2.add (v128.load offset=16 (local.get $at))
            (f64x2.mul (local.get $factor) (v128.load offset=16 (local.get $matrix)))))
          (local.set $matrix (i32.add (local.get $matrix) (i32.const 32)))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br_if $four (i32.lt_u (local.get $at) (local.get $end)))))
      (else (local.set $matrix (i32.add (local.get $matrix) (local.get $bytes)))))
      (local.set $factors (i32.add (local.get $factors) (i32.const 8)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br_if $row (local.get $rows))))

  ;; out[r] = scales[r] times the product of row r of the matrix and the vector, for a number of rows
  ;; that is a multiple of four. Matrix and vector are whole numbers, i16, so that two columns of four
  ;; rows are one instruction; they lie in that order: the first two columns of rows 0, 1, 2 and 3,
  ;; the next two, and so on, then the next four rows. Scales and results are f64.
  (func (export "multiplyWhole")
    (param $matrix i32) (param $rows i32) (param $columns i32) (param $vector i32)
    (param $scales i32) (param $out i32)
    (local $at i32) (local $end i32) (local $four v128)
    (local.set $end (i32.add (local.get $vector) (i32.shl (local.get $columns) (i32.const 1))))
    (loop $rows
      (local.set $four (v128.const i32x4 0 0 0 0))
      (local.set $at (local.get $vector))
      (loop $columns
        (local.set $four (i32x4.add (local.get $four)
          (i32x4.dot_i16x8_s
            (v128.load32_splat (local.get $at))
            (v128.load (local.get $matrix)))))
        (local.set $matrix (i32.add (local.get $matrix) (i32.const 16)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $columns (i32.lt_u (local.get $at) (local.get $end))))
      (v128.store (local.get $out) (f64x2.mul (v128.load (local.get $scales))
        (f64x2.convert_low_i32x4_s (local.get $four))))
      (v128.store offset=16 (local.get $out) (f64x2.mul (v128.load offset=16 (local.get $scales))
        (f64x2.convert_low_i32x4_s
          (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7
            (local.get $four) (local.get $four)))))
      (local.set $scales (i32.add (local.get $scales) (i32.const 32)))
      (local.set $out (i32.add (local.get $out) (i32.const 32)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 4)))
      (br_if $rows (local.get $rows))))

  ;; Writes `$count` numbers times `$unit`, f64, as the whole numbers next to them, i16, an even
  ;; number of them; a half goes up, and what i16 cannot hold ends at its limits.
  (func (export "round")
    (param $from i32) (param $count i32) (param $unit f64) (param $out i32)
    (local $units v128) (local $exact v128) (local $whole v128)
    (local.set $units (f64x2.splat (local.get $unit)))
    (loop $two
      (local.set $exact (f64x2.mul (local.get $units) (v128.load (local.get $from))))
      (local.set $whole (f64x2.ceil (local.get $exact)))
      (local.set $whole (f64x2.sub (local.get $whole)
        (v128.and (v128.const f64x2 1 1) (f64x2.gt
          (f64x2.sub (local.get $whole) (v128.const f64x2 0.5 0.5))
          (local.get $exact)))))
      (local.set $whole (i32x4.trunc_sat_f64x2_s_zero (local.get $whole)))
      (v128.store32_lane 0 (local.get $out)
        (i16x8.narrow_i32x4_s (local.get $whole) (local.get $whole)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (local.set $count (i32.sub (local.get $count) (i32.const 2)))
      (br_if $two (local.get $count))))

  ;; Row t of `$out` = the two i16 rows whose addresses are pair t of `$pairs`, added. `$row` is the
  ;; size of a row in bytes, a multiple of 16.
  (func (export "add")
    (param $pairs i32) (param $count i32) (param $row i32) (param $out i32)
    (local $one i32) (local $other i32) (local $end i32)
    (loop $next
      (local.set $one (i32.load (local.get $pairs)))
      (local.set $other (i32.load offset=4 (local.get $pairs)))
      (local.set $end (i32.add (local.get $out) (local.get $row)))
      (loop $eight
        (v128.store (local.get $out)
          (i16x8.add (v128.load (local.get $one)) (v128.load (local.get $other))))
        (local.set $one (i32.add (local.get $one) (i32.const 16)))
        (local.set $other (i32.add (local.get $other) (i32.const 16)))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))
        (br_if $eight (i32.lt_u (local.get $out) (local.get $end))))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 8)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count))))

  ;; Slides the filters that span so many tokens over the text. What a filter answers at a place is
  ;; its bias and what each token under it sends to it. `$most` gets the largest answer of each
  ;; filter, `$sum` the sum of its answers, both i32, counting a negative answer as 0.
  ;; `$from` is what the first token sends to the first tap of the first filter, i16; a token's row
  ;; has `$row` bytes, the first taps of all filters, then the second ones, and so on.
  (func (export "pool")
    (param $from i32) (param $row i32) (param $places i32) (param $span i32) (param $filters i32)
    (param $bias i32) (param $most i32) (param $sum i32)
    (local $step i32) (local $tap i32) (local $at i32) (local $left i32)
    (local $own v128) (local $answer v128) (local $largest v128) (local $total v128)
    ;; From a tap to the next one, which the next token sends to.
    (local.set $step (i32.add (local.get $row) (i32.shl (local.get $filters) (i32.const 1))))
    (loop $four
      (local.set $own (v128.load (local.get $bias)))
      (local.set $largest (v128.const i32x4 0 0 0 0))
      (local.set $total (v128.const i32x4 0 0 0 0))
      (local.set $tap (local.get $from))
      (local.set $left (local.get $places))
      (loop $place
        (local.set $answer (i32x4.add (local.get $own) (v128.load16x4_s (local.get $tap))))
        (if (i32.gt_u (local.get $span) (i32.const 1)) (then
          (local.set $at (i32.add (local.get $tap) (local.get $step)))
          (local.set $answer (i32x4.add (local.get $answer) (v128.load16x4_s (local.get $at))))
          (if (i32.gt_u (local.get $span) (i32.const 2)) (then
            (local.set $at (i32.add (local.get $at) (local.get $step)))
            (local.set $answer (i32x4.add (local.get $answer) (v128.load16x4_s (local.get $at))))
            (if (i32.gt_u (local.get $span) (i32.const 3)) (then
              (local.set $at (i32.add (local.get $at) (local.get $step)))
              (local.set $answer
                (i32x4.add (local.get $answer) (v128.load16x4_s (local.get $at))))))))))
        (local.set $largest (i32x4.max_s (local.get $largest) (local.get $answer)))
        (local.set $total (i32x4.add (local.get $total)
          (i32x4.max_s (local.get $answer) (v128.const i32x4 0 0 0 0))))
        (local.set $tap (i32.add (local.get $tap) (local.get $row)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $place (local.get $left)))
      (v128.store (local.get $most) (local.get $largest))
      (v128.store (local.get $sum) (local.get $total))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (local.set $bias (i32.add (local.get $bias) (i32.const 16)))
      (local.set $most (i32.add (local.get $most) (i32.const 16)))
      (local.set $sum (i32.add (local.get $sum) (i32.const 16)))
      (local.set $filters (i32.sub (local.get $filters) (i32.const 4)))
      (br_if $four (local.get $filters))))

  (func $across (param $four v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $four)) (f32x4.extract_lane 1 (local.get $four)))
      (f32.add (f32x4.extract_lane 2 (local.get $four)) (f32x4.extract_lane 3 (local.get $four)))))

  ;; The way back of `pool`: adds to `$blamed`, f32 a token from that of `$from` on, what each token
  ;; sent to the filters that answered, times how the result follows an answer: `$bySum` of the
  ;; filter, and `$byMost` where the answer was its largest (f32 a filter).
  (func (export "blame")
    (param $from i32) (param $row i32) (param $places i32) (param $span i32) (param $filters i32)
    (param $bias i32) (param $most i32) (param $byMost i32) (param $bySum i32) (param $blamed i32)
    (local $step i32) (local $tap i32) (local $at i32) (local $filter i32) (local $end i32)
    (local $answer v128) (local $slope v128)
    (local $one v128) (local $two v128) (local $three v128) (local $four v128)
    (local $byOne v128) (local $byTwo v128) (local $byThree v128) (local $byFour v128)
    (local.set $step (i32.add (local.get $row) (i32.shl (local.get $filters) (i32.const 1))))
    (local.set $end (i32.shl (local.get $filters) (i32.const 2)))
    (loop $place
      (local.set $byOne (v128.const f32x4 0 0 0 0))
      (local.set $byTwo (v128.const f32x4 0 0 0 0))
      (local.set $byThree (v128.const f32x4 0 0 0 0))
      (local.set $byFour (v128.const f32x4 0 0 0 0))
      (local.set $tap (local.get $from))
      (local.set $filter (i32.const 0))
      (loop $filters
        (local.set $one (v128.load16x4_s (local.get $tap)))
        (local.set $answer (i32x4.add (local.get $one)
          (v128.load (i32.add (local.get $bias) (local.get $filter)))))
        (if (i32.gt_u (local.get $span) (i32.const 1)) (then
          (local.set $at (i32.add (local.get $tap) (local.get $step)))
          (local.set $two (v128.load16x4_s (local.get $at)))
          (local.set $answer (i32x4.add (local.get $answer) (local.get $two)))
          (if (i32.gt_u (local.get $span) (i32.const 2)) (then
            (local.set $at (i32.add (local.get $at) (local.get $step)))
            (local.set $three (v128.load16x4_s (local.get $at)))
            (local.set $answer (i32x4.add (local.get $answer) (local.get $three)))
            (if (i32.gt_u (local.get $span) (i32.const 3)) (then
              (local.set $at (i32.add (local.get $at) (local.get $step)))
              (local.set $four (v128.load16x4_s (local.get $at)))
              (local.set $answer (i32x4.add (local.get $answer) (local.get $four)))))))))
        (local.set $slope (v128.and
          (i32x4.gt_s (local.get $answer) (v128.const i32x4 0 0 0 0))
          (f32x4.add
            (v128.load (i32.add (local.get $bySum) (local.get $filter)))
            (v128.and
              (v128.load (i32.add (local.get $byMost) (local.get $filter)))
              (i32x4.eq (local.get $answer)
                (v128.load (i32.add (local.get $most) (local.get $filter))))))))
        (local.set $byOne (f32x4.add (local.get $byOne)
          (f32x4.mul (local.get $slope) (f32x4.convert_i32x4_s (local.get $one)))))
        (if (i32.gt_u (local.get $span) (i32.const 1)) (then
          (local.set $byTwo (f32x4.add (local.get $byTwo)
            (f32x4.mul (local.get $slope) (f32x4.convert_i32x4_s (local.get $two)))))
          (if (i32.gt_u (local.get $span) (i32.const 2)) (then
            (local.set $byThree (f32x4.add (local.get $byThree)
              (f32x4.mul (local.get $slope) (f32x4.convert_i32x4_s (local.get $three)))))
            (if (i32.gt_u (local.get $span) (i32.const 3)) (then
              (local.set $byFour (f32x4.add (local.get $byFour)
                (f32x4.mul (local.get $slope) (f32x4.convert_i32x4_s (local.get $four)))))))))))
        (local.set $tap (i32.add (local.get $tap) (i32.const 8)))
        (local.set $filter (i32.add (local.get $filter) (i32.const 16)))
        (br_if $filters (i32.lt_u (local.get $filter) (local.get $end))))
      ;; The four lie side by side, and all but the first belong to the tokens that come next.
      (f32.store (local.get $blamed)
        (f32.add (f32.load (local.get $blamed)) (call $across (local.get $byOne))))
      (f32.store offset=4 (local.get $blamed)
        (f32.add (f32.load offset=4 (local.get $blamed)) (call $across (local.get $byTwo))))
      (f32.store offset=8 (local.get $blamed)
        (f32.add (f32.load offset=8 (local.get $blamed)) (call $across (local.get $byThree))))
      (f32.store offset=12 (local.get $blamed)
        (f32.add (f32.load offset=12 (local.get $blamed)) (call $across (local.get $byFour))))
      (local.set $blamed (i32.add (local.get $blamed) (i32.const 4)))
      (local.set $from (i32.add (local.get $from) (local.get $row)))
      (local.set $places (i32.sub (local.get $places) (i32.const 1)))
      (br_if $place (local.get $places)))))
