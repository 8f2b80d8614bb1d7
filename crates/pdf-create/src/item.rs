//! What a page consists of.

/// Something on a page.
#[derive(Clone, Debug)]
pub enum Item<'a> {
    /// Text, on one line or many.
    Text(Text<'a>),
    /// A line.
    Line(Line),
    /// A rectangle, with rounded corners if asked for.
    Rectangle(Rectangle),
    /// An ellipse or circle.
    Ellipse(Ellipse),
    /// Any shape of lines and curves.
    Path(Path),
    /// An image.
    Image(Placed),
    /// A place to click on.
    Link(Link<'a>),
    /// Begins a group, which a later [`Item::End`] of the same page ends.
    Begin(Group),
    /// Ends the last group.
    End,
}

/// A colour. Components are 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Colour {
    /// 0 is black.
    Grey(f32),
    /// Red, green and blue.
    Rgb([f32; 3]),
    /// Cyan, magenta, yellow and black.
    Cmyk([f32; 4]),
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self::Grey(0.0);
}

/// Text, on one line or many. A line feed, with or without a carriage return before it, ends a line.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// The number of the font, counted from 0.
    pub font: u32,
    /// The size in points, 0.01 to 10000.
    pub size: f32,
    /// Without a width the point that lines start, are centred or end at; with one the left edge.
    pub x: f32,
    /// Without a width the baseline of the first line; with one the upper edge, below which lines are stacked.
    pub y: f32,
    /// The width at which lines are broken, more than 0; nothing to break them at line feeds alone.
    pub width: Option<f32>,
    /// The height, with a width: lines that do not fit wholly are not drawn.
    pub height: Option<f32>,
    /// Where lines lie.
    pub align: Align,
    /// From baseline to baseline in points; nothing for what the font says.
    pub line_height: Option<f32>,
    /// Points between any two characters, beside their widths.
    pub character_spacing: f32,
    /// Degrees counter-clockwise by which it is turned about `x`, `y`.
    pub rotation: f32,
    /// The colour.
    pub colour: Colour,
    /// 0 to 1.
    pub opacity: f32,
    /// Whether pairs of glyphs are brought together as embedded fonts say. Standard fonts have no pairs.
    pub kerning: bool,
    /// Whether it is underlined.
    pub underline: bool,
    /// Whether it is struck through.
    pub strike: bool,
    /// What is written instead of characters that the font does not have; nothing to refuse them.
    pub replacement: Option<char>,
}

impl<'a> Text<'a> {
    /// A line of black text.
    pub fn new(text: &'a str, font: u32, size: f32, x: f32, y: f32) -> Self {
        Self {
            text,
            font,
            size,
            x,
            y,
            width: None,
            height: None,
            align: Align::Left,
            line_height: None,
            character_spacing: 0.0,
            rotation: 0.0,
            colour: Colour::BLACK,
            opacity: 1.0,
            kerning: true,
            underline: false,
            strike: false,
            replacement: None,
        }
    }
}

/// Where lines of text lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
    /// From edge to edge, by wider spaces; the last line of a paragraph at the left edge.
    Justify,
}

/// How a line is drawn.
#[derive(Clone, Debug)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in points; 0 is the thinnest that a device has.
    pub width: f32,
    /// Its ends.
    pub cap: Cap,
    /// Its corners.
    pub join: Join,
    /// Lengths of dashes and gaps in turn, at most 16 and not all 0; empty for a solid line.
    pub dash: Vec<f32>,
    /// How far into the dashes the line starts.
    pub phase: f32,
}

impl Stroke {
    /// A solid line.
    pub fn new(colour: Colour, width: f32) -> Self {
        Self { colour, width, cap: Cap::Butt, join: Join::Miter, dash: Vec::new(), phase: 0.0 }
    }
}

/// The ends of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// Cut off at the end point.
    Butt,
    /// A half circle.
    Round,
    /// Half a width longer.
    Square,
}

/// The corners of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Pointed.
    Miter,
    /// Round.
    Round,
    /// Cut off.
    Bevel,
}

/// A line between two points.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it starts: x, y.
    pub from: [f32; 2],
    /// Where it ends: x, y.
    pub to: [f32; 2],
    /// How it is drawn.
    pub stroke: Stroke,
    /// 0 to 1.
    pub opacity: f32,
}

/// How a shape is drawn; with neither it is not seen.
#[derive(Clone, Debug)]
pub struct Paint {
    /// The colour inside.
    pub fill: Option<Colour>,
    /// The line around.
    pub stroke: Option<Stroke>,
    /// 0 to 1, of both.
    pub opacity: f32,
}

impl Default for Paint {
    /// Neither, opaque.
    fn default() -> Self {
        Self { fill: None, stroke: None, opacity: 1.0 }
    }
}

/// A rectangle.
#[derive(Clone, Debug)]
pub struct Rectangle {
    /// The left edge.
    pub x: f32,
    /// The lower edge.
    pub y: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
    /// The radius of the corners; at most half of the shorter side counts.
    pub radius: f32,
    /// How it is drawn.
    pub paint: Paint,
}

/// An ellipse or circle.
#[derive(Clone, Debug)]
pub struct Ellipse {
    /// The centre: x, y.
    pub centre: [f32; 2],
    /// The radii: across, upwards.
    pub radii: [f32; 2],
    /// How it is drawn.
    pub paint: Paint,
}

/// A shape of lines and curves.
#[derive(Clone, Debug)]
pub struct Path {
    /// Its parts; the first moves.
    pub segments: Vec<Segment>,
    /// Whether what it surrounds twice is outside.
    pub even_odd: bool,
    /// How it is drawn.
    pub paint: Paint,
}

/// A part of a path. Points are x, y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// SVG's M: moves to a point.
    Move([f32; 2]),
    /// SVG's L: a line to a point.
    Line([f32; 2]),
    /// SVG's C: a cubic curve by two control points to a point.
    Curve([[f32; 2]; 3]),
    /// SVG's Z: a line to the point that was last moved to.
    Close,
}

/// An image on a page.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// The number of the image, counted from 0.
    pub image: u32,
    /// The left edge.
    pub x: f32,
    /// The lower edge.
    pub y: f32,
    /// The width; nothing for that which fits the height, or 1 point for each pixel.
    pub width: Option<f32>,
    /// The height; nothing for that which fits the width, or 1 point for each pixel.
    pub height: Option<f32>,
    /// Degrees counter-clockwise by which it is turned about `x`, `y`.
    pub rotation: f32,
    /// 0 to 1.
    pub opacity: f32,
}

/// A place to click on. It lies above everything and knows nothing of groups.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The left edge.
    pub x: f32,
    /// The lower edge.
    pub y: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
    /// Where it leads.
    pub target: Target<'a>,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// To a URI.
    Uri(&'a str),
    /// To a page of the document.
    Page {
        /// Its number, counted from 0.
        page: u32,
        /// The height on it; nothing for its top.
        top: Option<f32>,
    },
}

/// Items that are transformed and clipped together.
#[derive(Clone, Debug)]
pub struct Group {
    /// a, b, c, d, e, f: x becomes a x + c y + e, y becomes b x + d y + f.
    pub matrix: [f32; 6],
    /// The shape outside of which nothing is drawn, in the group's coordinates; empty for none.
    pub clip: Vec<Segment>,
    /// Whether what the shape surrounds twice is outside.
    pub even_odd: bool,
}
