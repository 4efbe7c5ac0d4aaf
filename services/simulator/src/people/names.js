/** Common names, put together by chance: none is meant for anybody. */
const FIRST = 'Aaron Abigail Adam Aisha Alan Alfie Alice Amir Amy Andrew Anita Anthony Ashley Barry Ben Bethany Brian Callum Carl ' +
    'Carol Charlotte Chloe Chris Claire Connor Craig Curtis Daisy Dale Daniel Darren Dawn Dean Declan Denise Derek Donna ' +
    'Dylan Eddie Elliot Emma Ethan Fatima Frank Gareth Gary Gemma George Glenn Grace Graham Hamza Hannah Harry Hayley ' +
    'Imran Isaac Jack Jade Jake Jamal James Jamie Janet Jason Jenna Jermaine Joanne Joe Jordan Josh Julie Kareem Karen ' +
    'Kayleigh Keith Kelly Kevin Kieran Kirsty Kyle Laura Lauren Leanne Lee Leon Lewis Liam Linda Lisa Logan Louise Luke ' +
    'Malik Mandy Marcus Mark Martin Matthew Megan Michael Mohammed Molly Naomi Natalie Nathan Neil Nicola Nigel Oliver ' +
    'Omar Owen Paige Patrick Paul Peter Philip Priya Rachel Raj Reece Rhys Ricky Robert Rosie Ross Ruth Ryan Sam Samira ' +
    'Sandra Scott Sean Shane Shannon Sharon Simon Sophie Stacey Stephen Stuart Tariq Terry Tina Toby Tom Tony Tracey ' +
    'Trevor Tyler Victoria Wayne Wendy William Yasmin Zoe';
const LAST = 'Abbott Adams Ahmed Allen Andrews Archer Atkins Bailey Baker Ball Banks Barker Barnes Barton Bates Begum Bell Bennett ' +
    'Berry Bishop Blake Bond Booth Bradley Brooks Brown Bryant Burgess Burton Butler Byrne Campbell Carr Carter Chapman ' +
    'Clarke Cole Collins Cook Cooper Cox Cross Curtis Davies Dawson Day Dean Dixon Doyle Drake Dunn Edwards Ellis Evans ' +
    'Farrell Finch Fisher Fleming Fletcher Ford Foster Fowler Fox Francis Freeman French Frost Gardner George Gibson ' +
    'Gilbert Goodwin Gordon Grant Gray Green Griffin Hall Hammond Hancock Harding Harper Harris Hart Harvey Hawkins Hayes ' +
    'Henderson Hill Holland Holmes Hooper Howard Hudson Hughes Hunt Hunter Hussain Iqbal Jackson James Jarvis Jenkins ' +
    'Johnson Jones Jordan Kaur Kelly Kemp Kennedy Khan King Knight Lamb Lane Lawson Lee Lewis Lloyd Long Lynch Marsh ' +
    'Marshall Mason May Mills Mitchell Moore Morgan Morris Moss Murphy Murray Nash Newman Nicholls Norris Okafor Oliver ' +
    "Osborne O'Brien O'Connor Owen Page Palmer Parker Parsons Patel Payne Pearce Perry Phillips Pike Porter Potter Powell " +
    'Pratt Price Reed Rees Reid Reynolds Rhodes Richards Riley Roberts Robinson Rogers Rose Rowe Russell Ryan Saunders ' +
    'Scott Sharma Sharp Shaw Shepherd Simpson Singh Slater Smart Spencer Stevens Stone Sutton Taylor Thomas Thornton Todd ' +
    'Tucker Turner Wade Walker Wallis Walsh Ward Warren Watts Weaver Webb Wells Weston Wheeler White Wilkins Williams ' +
    'Willis Wilson Winter Wood Woodward Wright Yates Young';
const STREETS = 'Bramble Hazel Rowan Willow Orchard Chapel Mill Station Meadow Spinney Quarry Windmill Saddler Cobbler Priory';
const WAYS = 'Street Road Close Lane Drive Way Court Gardens';
const wordsOf = (text) => {
    const [first = '', ...others] = text.split(' ');
    return [first, ...others];
};
export const FIRST_NAMES = wordsOf(FIRST);
export const LAST_NAMES = wordsOf(LAST);
export const STREET_NAMES = wordsOf(STREETS);
export const STREET_WAYS = wordsOf(WAYS);
export const WORKPLACES = [
    ...['Warehouse', 'Bakery', 'Garage', 'Depot', 'Call centre', 'Farm shop', 'Café', 'Building site'],
];
//# sourceMappingURL=names.js.map