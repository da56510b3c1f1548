import type { Catalogue } from './catalogue';

const FAILURE_REASON =
  '{reason, select, CUSTOMER_UNAVAILABLE {लेने के लिए कोई नहीं मिला} ' +
  'ADDRESS_NOT_FOUND {पता नहीं मिला} REFUSED {दरवाज़े पर लेने से मना कर दिया गया} ' +
  'DAMAGED {रास्ते में सामान ख़राब हो गया} SPOILED {रास्ते में सामान बिगड़ गया} VEHICLE {हमारी गाड़ी ख़राब हो गई} ' +
  'OTHER {रास्ते में कोई गड़बड़ी हो गई} other {कोई गड़बड़ी हो गई}}';

/** The Hindi texts. They address people as आप. */
export const hi: Catalogue = {
  locale: 'hi-IN',
  // Names the part of the day instead of am and pm.
  timeFormat: { hour: 'numeric', minute: '2-digit', hourCycle: 'h12', dayPeriod: 'short' },
  texts: {
    greeting: 'नमस्ते',
    greeting_by_name: 'नमस्ते {name} जी',
    moment: '{date}, {time} बजे',
    line: '{qty} × {product}',
    unnamed_product: 'एक उत्पाद जो अब नहीं बिकता',
    more_products: '{count, plural, one {# और उत्पाद} other {# और उत्पाद}}',
    footer: '{dairy}, ताज़ा दूध आपके दरवाज़े पर',
    help_by_email_or_phone: 'कोई सवाल? {email} पर लिखें या {phone} पर फ़ोन करें।',
    help_by_email: 'कोई सवाल? {email} पर लिखें।',
    help_by_phone: 'कोई सवाल? {phone} पर फ़ोन करें।',

    unsubscribe_topic:
      '{kind, select, dailyConfirmations {रोज़ की पक्की डिलीवरी} deliveryProgress {डिलीवरी की प्रगति} ' +
      'lowBalance {वॉलेट में कम पैसे} other {नए चालान}}',
    unsubscribe_title: '{dairy} के ई-मेल',
    unsubscribe_question: 'क्या आप इस विषय के ई-मेल बंद करना चाहते हैं: {topic}?',
    unsubscribe_button: 'ये ई-मेल बंद करें',
    unsubscribe_done: 'इस विषय के ई-मेल अब नहीं आएँगे: {topic}। आप इन्हें अपनी प्रोफ़ाइल में फिर चालू कर सकते हैं।',
    unsubscribe: 'इस विषय के ई-मेल बंद करें: {topic}',

    welcome_subject: '{dairy} में आपका स्वागत है',
    welcome_headline_by_name: '{name} जी, आपका स्वागत है!',
    welcome_headline: 'आपका स्वागत है!',
    welcome: 'आपका खाता तैयार है। अपनी पसंद चुनें, समय बताएँ, और ताज़ा दूध अपने दरवाज़े पर पाएँ।',
    welcome_verify: 'कृपया इस कोड से पुष्टि करें कि यह ई-मेल पता आपका है।',

    verification_subject: '{dairy} के लिए अपने ई-मेल पते की पुष्टि करें',
    verification_headline: 'अपने ई-मेल पते की पुष्टि करें',
    verification_request: '{greeting}, कृपया इस कोड से पुष्टि करें कि यह ई-मेल पता आपका है।',
    verification_done: '{greeting}, आपके ई-मेल पते की पुष्टि पहले ही हो चुकी है। आपको और कुछ नहीं करना है।',
    verification_api: 'इसे POST {api}/user/verify पर भेजें।',
    verification_validity:
      'यह सात दिन तक चलेगा। अगर यह खाता आपने नहीं बनाया है, तो इस ई-मेल पर ध्यान न दें: कोड के बिना इस पते पर केवल ऑर्डर से ' +
      'जुड़े संदेश आते हैं।',
    verification_button: 'मेरे ई-मेल पते की पुष्टि करें',

    invitation_subject: '{dairy} में आपको आमंत्रित किया गया है',
    invitation_headline: '{dairy} के लिए अपना पासवर्ड चुनें',
    invitation: '{greeting}, डेयरी ने आपके लिए खाता बनाया है। अपना पासवर्ड चुनने के लिए इस कोड का उपयोग करें।',
    invitation_api: 'इसे अपने पासवर्ड के साथ POST {api}/user/password/reset पर भेजें।',
    invitation_validity: 'यह सात दिन के अंदर एक बार काम करेगा। उसके बाद “पासवर्ड भूल गए” से नया कोड मँगाएँ।',
    invitation_button: 'अपना पासवर्ड चुनें',

    reset_subject: '{dairy} का अपना पासवर्ड बदलें',
    reset_headline: '{dairy} का अपना पासवर्ड बदलें',
    reset:
      '{greeting}, {dairy} का नया पासवर्ड रखने के लिए इस कोड का उपयोग करें। यह ई-मेल इसलिए आया है क्योंकि आपके खाते के लिए ' +
      'नया पासवर्ड माँगा गया था।',
    reset_api: 'इसे अपने नए पासवर्ड के साथ POST {api}/user/password/reset पर भेजें।',
    reset_validity:
      'यह एक घंटे के अंदर एक बार काम करेगा। अगर आपने इसे नहीं माँगा, तो इस ई-मेल पर ध्यान न दें: आपका पासवर्ड वही रहेगा।',
    reset_button: 'नया पासवर्ड चुनें',

    password_changed_subject: '{dairy} का आपका पासवर्ड बदल गया है',
    password_changed_headline: '{dairy} का आपका पासवर्ड बदल गया है',
    password_changed:
      '{greeting}, आपके खाते का पासवर्ड बदल गया है, और सभी डिवाइस साइन आउट कर दिए गए हैं। अगर यह आपने किया है, तो सब ठीक है।',
    not_me: 'अगर यह आपने नहीं किया, तो {dairy} को हमेशा की तरह खोलें, “पासवर्ड भूल गए” से नया पासवर्ड रखें और डेयरी को बताएँ।',
    contacts_cleared:
      'आपके ई-मेल पते की पुष्टि पहले नहीं हुई थी। आपकी सुरक्षा के लिए हमने सहेजा हुआ फ़ोन नंबर और डिलीवरी का पता हटा दिया है। ' +
      'कृपया अपनी जानकारी फिर से भरें, और अपने ऑर्डर और सब्सक्रिप्शन जाँच लें।',

    second_factor_subject: '{dairy} में साइन इन के लिए {isActive, select, yes {अब कोड ज़रूरी है} other {अब कोड ज़रूरी नहीं है}}',
    second_factor_headline: '{dairy} में साइन इन के लिए {isActive, select, yes {अब कोड ज़रूरी है} other {अब कोड ज़रूरी नहीं है}}',
    second_factor:
      '{greeting}, {isActive, select, yes {अब आपके खाते में हर साइन इन के लिए ऑथेंटिकेटर ऐप का कोड चाहिए} ' +
      'other {आपके खाते की दूसरी जाँच हटा दी गई है, इसलिए साइन इन के लिए अब केवल पासवर्ड चाहिए}}। अगर यह आपने या डेयरी ने ' +
      'किया है, तो सब ठीक है।',

    confirmed_subject: 'ऑर्डर {orderNumber} पक्का हो गया है',
    confirmed_headline: 'ऑर्डर {orderNumber} पक्का हो गया है',
    confirmed: '{greeting}, {amount} का आपका ऑर्डर पक्का हो गया है।',
    confirmed_items_slot: 'हम {slot} {items} पहुँचाएँगे।',
    confirmed_slot: 'हम इसे {slot} पहुँचाएँगे।',
    confirmed_chosen_slot: 'हम इसे आपके चुने हुए समय पर पहुँचाएँगे।',
    confirmed_missing: 'इनका स्टॉक ख़त्म है, और पैसे नहीं लिए गए: {missing}।',
    confirmed_missing_retry: 'अगर डिलीवरी के दिन {retry} बजे तक स्टॉक आ गया, तो हम इन्हें जोड़ देंगे।',

    day_subject: '{date} की आपकी डिलीवरी पक्की हो गई है',
    day_headline: '{date} के आपके {count} ऑर्डर पक्के हो गए हैं',
    day_changed: '{date} की आपकी डिलीवरी बदल गई है',
    day_confirmed: '{greeting}, {amount} के आपके {count} ऑर्डर पक्के हो गए हैं।',
    day_stop: '{time} बजे {items}',
    day_stops: 'हम {stops} पहुँचाएँगे।',
    day_charged: 'आपके वॉलेट से भुगतान: {charged}।',
    day_to_pay: 'कूरियर को देने हैं: {toPay}।',
    day_skipped: 'ये नहीं आएँगे: {skipped}।',
    day_skipped_retry:
      'जिसका स्टॉक ख़त्म है या जिसके लिए वॉलेट में पैसे कम थे, उसके लिए उस दिन {skippedRetry} बजे हम फिर कोशिश करेंगे। ' +
      'पैसे तभी लिए जाएँगे जब वह आएगा।',
    day_skipped_headline: '{date} को डिलीवरी नहीं होगी: {skipped}।',
    day_skipped_items:
      '{items} ({reason, select, SHORT_BALANCE {आपके वॉलेट में पैसे कम हैं} OUT_OF_STOCK {स्टॉक ख़त्म है} ' +
      'PRODUCT_WITHDRAWN {अब नहीं बिकता} MISSED {हम समय पर तैयारी नहीं कर सके} other {कोई गड़बड़ी हो गई}})',
    day_skipped_unknown: 'एक डिलीवरी (कोई गड़बड़ी हो गई)',

    added_subject: 'आपके ऑर्डर {orderNumber} में जोड़ा गया',
    added_headline: 'ऑर्डर {orderNumber} में अब {added} भी है',
    added: '{greeting}, अच्छी ख़बर: हमने {added} भी आपके ऑर्डर में जोड़ दिया है, {amount} में।',

    cancelled_subject: 'ऑर्डर {orderNumber} रद्द हो गया है',
    cancelled_headline:
      'ऑर्डर {orderNumber} रद्द हो गया है: {reason, select, CANCELLED_BY_CUSTOMER {जैसा आपने कहा था} ' +
      'CANCELLED_BY_DAIRY {हम इसे पहुँचा नहीं सकते} PAYMENT_WINDOW_EXPIRED {समय पर भुगतान नहीं हुआ} ' +
      'DELIVERY_FAILED {इसे पहुँचाया नहीं जा सका} other {कोई गड़बड़ी हो गई}}। ' +
      '{moneyBack, select, yes {आपने जो भुगतान किया है, वह लौटा दिया जाएगा।} other {आपने जो भुगतान किया है, वह लौटाया नहीं जाएगा।}}',
    cancelled: '{greeting}, {amount} का आपका ऑर्डर रद्द हो गया है।',
    cancelled_refund: 'अगर आप भुगतान कर चुके हैं, तो पैसे उसी तरीक़े से लौटाए जाएँगे जिससे आपने भुगतान किया था।',

    payment_failed_subject: 'ऑर्डर {orderNumber} का भुगतान नहीं हो सका',
    payment_failed_headline: 'ऑर्डर {orderNumber} का भुगतान नहीं हो सका',
    payment_failed:
      '{greeting}, {amount} का भुगतान नहीं हो सका, और कोई पैसा नहीं लिया गया। कृपया फिर से कोशिश करें, या भुगतान का कोई और ' +
      'तरीक़ा चुनें।',
    payment_failed_order: 'जिस ऑर्डर का भुगतान नहीं होता, वह कुछ समय बाद रद्द हो जाता है।',
    top_up_failed_subject: 'आपके वॉलेट में पैसे नहीं जुड़ सके',
    top_up_failed_headline: 'आपके वॉलेट में पैसे नहीं जुड़ सके',

    refund_failed_subject: 'आपका रिफ़ंड आपके वॉलेट में है',
    refund_failed_headline:
      '{amount} का आपका रिफ़ंड आपके {method, select, UPI {बैंक खाते} other {कार्ड}} तक नहीं पहुँच सका, इसलिए वह आपके वॉलेट में है।',
    refund_failed:
      '{greeting}, आपके बैंक ने रिफ़ंड हमें लौटा दिया। वॉलेट में रखे {amount} आप अपने अगले ऑर्डर में ख़र्च कर सकते हैं। अगर आप ' +
      'यह पैसा वापस चाहते हैं, तो हमसे संपर्क करें।',

    invoice_subject: 'आपका चालान {invoiceNumber}',
    invoice_headline: '{amount} का आपका चालान {invoiceNumber} तैयार है',
    invoice:
      '{greeting}, इस चालान में पिछले महीने की वे डिलीवरी हैं जिनका अलग चालान नहीं बना था। आप इसे अपने खाते से डाउनलोड कर सकते हैं।',

    credit_note_subject: 'आपका क्रेडिट नोट {creditNoteNumber}',
    credit_note_headline: '{amount} का आपका क्रेडिट नोट {creditNoteNumber} तैयार है',
    credit_note:
      '{greeting}, हमने ऑर्डर {orderNumber} के {amount} लौटा दिए हैं। यह क्रेडिट नोट चालान {invoiceNumber} का है। आप दोनों को अपने ' +
      'खाते से डाउनलोड कर सकते हैं।',

    delivery_subject: 'आपके ऑर्डर {orderNumber} की जानकारी',
    delivery_headline: 'ऑर्डर {orderNumber} {progress, select, PICKED_UP {डेयरी से निकल चुका है} other {रास्ते में है}}',
    delivery_planned: '{greeting}, आपकी डिलीवरी का समय {slot} है।',
    delivery_latest: '{greeting}, यह आपकी डिलीवरी की ताज़ा जानकारी है।',
    delivered_headline: 'ऑर्डर {orderNumber} पहुँच गया है',
    delivered: '{greeting}, आपकी डिलीवरी पहुँच गई है। आनंद लें!',
    delivery_failed_headline: `ऑर्डर {orderNumber} नहीं पहुँच सका: ${FAILURE_REASON}`,
    delivery_failed: '{greeting}, हमें खेद है कि आपकी डिलीवरी नहीं हो सकी। कोई सवाल हो, तो कृपया हमसे संपर्क करें।',

    door_subject: '{door} की आपकी डिलीवरी की जानकारी',
    door_headline: '{door} की डिलीवरी {progress, select, PICKED_UP {डेयरी से निकल चुकी है} other {रास्ते में है}}',
    door_delivered_headline: '{door} की डिलीवरी पहुँच गई है',
    door_failed_headline: `{door} की डिलीवरी नहीं हो सकी: ${FAILURE_REASON}`,

    low_balance_subject: '{dairy} के आपके वॉलेट में कम पैसे बचे हैं',
    low_balance_headline_covers:
      'आपके वॉलेट में {balance} बचे हैं: {deliveries, plural, one {# और डिलीवरी} other {# और डिलीवरी}} के लिए काफ़ी, पर ' +
      '{shortOn} की डिलीवरी के लिए कम। जल्द पैसे जोड़ें।',
    low_balance_headline_short: 'आपके वॉलेट में {balance} बचे हैं, {shortOn} की डिलीवरी के लिए कम। जल्द पैसे जोड़ें।',
    low_balance_headline: 'आपके वॉलेट में {balance} बचे हैं। जल्द पैसे जोड़ें।',
    low_balance_short: '{greeting}, आपके वॉलेट के पैसे {shortOn} की डिलीवरी के लिए काफ़ी नहीं होंगे।',
    low_balance: '{greeting}, आपके वॉलेट में {threshold} से कम बचे हैं।',
    low_balance_advice: 'पर्याप्त पैसों के बिना वॉलेट से ऑर्डर नहीं हो सकते। सूचना कब मिले, यह आप वॉलेट की सेटिंग में बदल सकते हैं।',

    subscribed_subject: 'आपका सब्सक्रिप्शन तैयार है',
    subscribed_headline: 'आपका सब्सक्रिप्शन तैयार है। पहली डिलीवरी {nextDeliveryDate} को होगी।',
    subscribed:
      '{greeting}, आपका सब्सक्रिप्शन {startDate} से शुरू होगा। डिलीवरी से पहले की शाम तक आप इसे रोक सकते हैं, किसी दिन छोड़ ' +
      'सकते हैं या बदल सकते हैं।',

    paused_subject: 'आपका सब्सक्रिप्शन रोक दिया गया है',
    paused_headline_until: 'आपका सब्सक्रिप्शन {from} से {to} तक रुका रहेगा',
    paused_headline: 'आपका सब्सक्रिप्शन {from} से रुका रहेगा, जब तक आप इसे फिर शुरू न करें',
    paused: '{greeting}, आपकी डिलीवरी {from} से रुकी रहेगी।',
    paused_until: '{to} के बाद वह अपने आप फिर शुरू हो जाएगी।',
    paused_open: 'जब चाहें, अपना सब्सक्रिप्शन फिर शुरू कर लें।',

    skipped_subject: '{date} को डिलीवरी नहीं होगी',
    skipped_headline:
      '{date} को डिलीवरी नहीं होगी: {reason, select, SHORT_BALANCE {आपके वॉलेट में पैसे कम हैं} ' +
      'OUT_OF_STOCK {आपने जो मँगाया है उसका स्टॉक ख़त्म है} PRODUCT_WITHDRAWN {आपने जो मँगाया है वह अब नहीं बिकता} ' +
      'MISSED {हम समय पर तैयारी नहीं कर सके} other {कोई गड़बड़ी हो गई}}।',
    skipped_offer:
      '{reason, select, SHORT_BALANCE {उस दिन {retry} बजे तक पैसे जोड़ दें, तो हम डिलीवरी कर देंगे।} ' +
      'other {अगर उस दिन {retry} बजे तक स्टॉक आ गया, तो हम डिलीवरी कर देंगे।}}',
    skipped: '{greeting}, आपके सब्सक्रिप्शन की {date} को कोई डिलीवरी नहीं है।',
    skipped_retry: 'उस दिन {retry} बजे हम फिर देखेंगे। उससे पहले कोई पैसा नहीं लिया जाएगा।',
  },
};
