//! A plot of lines over two logarithmic axes, as SVG.

use std::fmt::Write;

/// Width and height of the picture, and where the axes stand in it.
const SIZE: (f64, f64) = (860.0, 520.0);
const LEFT: f64 = 70.0;
const RIGHT: f64 = 600.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 460.0;

/// How far apart the names of two lines must be to be read.
const LINE_HEIGHT: f64 = 18.0;

/// Colours that stand out from white and from GitHub's dark ground alike.
const COLOURS: [&str; 9] = [
    "#8b949e", "#d1730a", "#c2410c", "#b45fd6", "#e0569b", "#2f81f7", "#1a9e96", "#7f8b1f",
    "#d9534f",
];

/// Lines over two logarithmic axes.
#[derive(Debug, Clone)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// What goes to the right.
    pub x: String,
    /// What goes up.
    pub y: String,
    /// In the order in which they take colours.
    pub series: Vec<Series>,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Series {
    /// What stands at its end.
    pub name: String,
    /// Whether it is the one that the plot is about.
    pub strong: bool,
    /// From left to right; all above zero.
    pub points: Vec<(f64, f64)>,
}

/// One axis: from the logarithm of a value to a place.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn new(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Option<Self> {
        let logs = || values.map(f64::log10).filter(|log| log.is_finite());
        let (low, high) = logs().fold((f64::MAX, f64::MIN), |(low, high), log| {
            (low.min(log), high.max(log))
        });
        // A little room, so that no point lies on the frame.
        (low <= high).then_some(Self {
            low: low - 0.05,
            high: high + 0.05,
            from,
            to,
        })
    }

    fn place(&self, value: f64) -> f64 {
        self.from + (value.log10() - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Round values on the axis: 1, 2 and 5 times the powers of ten.
    fn ticks(&self) -> impl Iterator<Item = f64> {
        let decades = self.low.floor() as i32..=self.high.ceil() as i32;
        let ticks =
            decades.flat_map(|decade| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(decade)));
        ticks.filter(|tick| (self.low..=self.high).contains(&tick.log10()))
    }
}

impl Plot {
    /// The picture; none if there is nothing to show.
    pub fn to_svg(&self) -> Option<String> {
        let points = || {
            self.series
                .iter()
                .flat_map(|series| series.points.iter().copied())
        };
        let mut xs: Vec<_> = points().map(|(x, _)| x).collect();
        xs.sort_by(f64::total_cmp);
        xs.dedup();
        let x_axis = Axis::new(xs.iter().copied(), LEFT, RIGHT)?;
        let y_axis = Axis::new(points().map(|(_, y)| y), BOTTOM, TOP)?;
        let mut svg = self.head();
        for tick in y_axis.ticks() {
            let y = y_axis.place(tick);
            line(&mut svg, "grid", (LEFT, y), (RIGHT, y));
            text(&mut svg, "end", (LEFT - 8.0, y + 4.0), &tick.to_string());
        }
        // What was measured says more than round numbers.
        for x in xs {
            let place = x_axis.place(x);
            line(&mut svg, "grid", (place, TOP), (place, BOTTOM));
            text(&mut svg, "middle", (place, BOTTOM + 18.0), &x.to_string());
        }
        let names = self.names(&y_axis);
        for ((series, colour), name_y) in self.series.iter().zip(COLOURS.iter().cycle()).zip(names)
        {
            draw(&mut svg, series, colour, name_y, (&x_axis, &y_axis));
        }
        svg.push_str("</svg>\n");
        Some(svg)
    }

    fn head(&self) -> String {
        let (width, height) = SIZE;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\">\n<style>\n\
             text {{ font: 13px system-ui, sans-serif; fill: #1f2328 }}\n\
             .title {{ font-size: 15px; font-weight: 600 }}\n\
             .strong {{ font-weight: 700 }}\n\
             .grid {{ stroke: #8b949e; stroke-opacity: 0.3 }}\n\
             @media (prefers-color-scheme: dark) {{ text {{ fill: #e6edf3 }} }}\n\
             </style>\n"
        );
        let middle = f64::midpoint(LEFT, RIGHT);
        push(
            &mut svg,
            format_args!("<title>{}</title>\n", escaped(&self.title)),
        );
        push(
            &mut svg,
            format_args!(
                "<text class=\"title\" x=\"{LEFT}\" y=\"24\">{}</text>\n",
                escaped(&self.title)
            ),
        );
        text(&mut svg, "middle", (middle, BOTTOM + 42.0), &self.x);
        let (x, y) = (18.0, f64::midpoint(TOP, BOTTOM));
        push(
            &mut svg,
            format_args!(
                "<text text-anchor=\"middle\" transform=\"rotate(-90 {x} {y})\" x=\"{x}\" y=\"{y}\">{}</text>\n",
                escaped(&self.y)
            ),
        );
        svg
    }

    /// Where the names of the lines stand: at their ends, moved down as far as none covers another.
    fn names(&self, y_axis: &Axis) -> Vec<f64> {
        let end = |series: &Series| {
            series
                .points
                .last()
                .map_or(BOTTOM, |(_, y)| y_axis.place(*y))
        };
        let mut places: Vec<_> = self.series.iter().map(end).enumerate().collect();
        places.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut names = vec![0.0; places.len()];
        let mut free = f64::MIN;
        for (index, place) in places {
            let y = place.max(free);
            names[index] = y;
            free = y + LINE_HEIGHT;
        }
        names
    }
}

fn draw(
    svg: &mut String,
    series: &Series,
    colour: &str,
    name_y: f64,
    (x_axis, y_axis): (&Axis, &Axis),
) {
    let places: Vec<_> = series
        .points
        .iter()
        .map(|(x, y)| (x_axis.place(*x), y_axis.place(*y)))
        .collect();
    let Some(last) = places.last() else { return };
    let width = if series.strong { 3.5 } else { 1.8 };
    let corners: Vec<_> = places
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    push(
        svg,
        format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>\n",
            corners.join(" ")
        ),
    );
    for (x, y) in &places {
        push(
            svg,
            format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\"/>\n"),
        );
    }
    let to = RIGHT + 28.0;
    push(
        svg,
        format_args!(
            "<polyline points=\"{:.1},{:.1} {to},{name_y:.1}\" fill=\"none\" stroke=\"{colour}\" \
             stroke-opacity=\"0.5\"/>\n",
            last.0, last.1
        ),
    );
    let class = if series.strong {
        " class=\"strong\""
    } else {
        ""
    };
    push(
        svg,
        format_args!(
            "<text{class} x=\"{}\" y=\"{:.1}\">{}</text>\n",
            to + 4.0,
            name_y + 4.5,
            escaped(&series.name)
        ),
    );
}

fn line(svg: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    push(
        svg,
        format_args!(
            "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>\n",
            from.0, from.1, to.0, to.1
        ),
    );
}

fn text(svg: &mut String, anchor: &str, (x, y): (f64, f64), text: &str) {
    push(
        svg,
        format_args!(
            "<text text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>\n",
            escaped(text)
        ),
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn push(svg: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = svg.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(series: Vec<Series>) -> Plot {
        Plot {
            title: "a & b".to_owned(),
            x: "events".to_owned(),
            y: "seconds".to_owned(),
            series,
        }
    }

    #[test]
    fn names_do_not_cover_each_other_and_text_is_escaped() {
        let series = |name: &str, end| Series {
            name: name.to_owned(),
            strong: false,
            points: vec![(100.0, 1.0), (1000.0, end)],
        };
        let plot = plot(vec![
            series("one", 10.0),
            series("two", 10.1),
            series("three", 2.0),
        ]);
        let axis = Axis::new([1.0, 10.1].into_iter(), BOTTOM, TOP).unwrap();
        let mut names = plot.names(&axis);
        names.sort_by(f64::total_cmp);
        assert!(
            names
                .windows(2)
                .all(|pair| pair[1] - pair[0] >= LINE_HEIGHT - 0.01),
            "{names:?}"
        );
        let svg = plot.to_svg().unwrap();
        assert!(svg.contains("a &amp; b") && svg.ends_with("</svg>\n"));
        assert_eq!(svg.matches("<circle").count(), 6);
    }

    #[test]
    fn nothing_gives_no_picture() {
        assert_eq!(plot(Vec::new()).to_svg(), None);
    }
}
